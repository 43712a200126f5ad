create table task (
  county text not null,
  id uuid not null,
  version integer not null,
  kind text not null,
  source text not null,
  key text,
  period text not null,
  title text not null,
  clauses text[] not null,
  meeting_id uuid,
  area text collate "C" not null,
  issuer_body_id text not null,
  assignee_body_id text not null,
  co_body_ids text[] not null,
  state text not null,
  issued_on date,
  due_on date not null,
  received_on date,
  submitted_on date,
  ended_on date,
  receipt text,
  receipt_at timestamptz,
  detail jsonb not null,
  primary key (county, id)
);
comment on table task is 'Tasks (任务) and filings (备案) of bodies: of the plan, given by hand or decided by a meeting, each due on a day.';
-- What the plan asks of a body for a period is asked once, however many processes raise it at the same time.
create unique index task_of_plan on task (county, key, period, assignee_body_id) where key is not null;
create index task_of_body on task (county, assignee_body_id, state);
create index task_due on task (county, due_on);
create unique index task_receipt on task (county, receipt) where receipt is not null;

create table meeting (
  county text not null,
  id uuid not null,
  version integer not null,
  kind text not null,
  state text not null,
  title text not null,
  body_id text not null,
  area text collate "C" not null,
  held_on date not null,
  recorded_on date not null,
  voided_on date,
  attendee_body_ids text[] not null,
  detail jsonb not null,
  primary key (county, id)
);
comment on table meeting is 'Meetings and study sessions (会议、学习记录) with who came, what was read and what was decided.';
create index meeting_held on meeting (county, held_on desc);
create index meeting_of_body on meeting (county, body_id, kind, held_on);

create table chain (
  county text not null,
  id uuid not null,
  version integer not null,
  key text not null,
  title text not null,
  sector text not null,
  lead text not null,
  clauses text[] not null,
  links jsonb not null,
  amended_on date,
  primary key (county, id),
  unique (county, key)
);
comment on table chain is 'Chains of one matter (一件事) per sector: each stage with the department that leads it; null is a gap.';
