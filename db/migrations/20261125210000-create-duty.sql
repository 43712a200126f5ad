create table duty_rule (
  county text not null,
  id uuid not null,
  version integer not null,
  rule text not null,
  title text not null,
  subject_kind text not null check (subject_kind in ('unit', 'person', 'body', 'area', 'sector')),
  ids text[],
  kinds text[],
  sectors text[],
  tags text[],
  scales text[],
  belongings text[],
  high_risk boolean,
  supervised boolean,
  post text,
  responsible text,
  exempt_ids text[] not null,
  quota double precision not null,
  quota_unit text not null check (quota_unit in ('times', 'days', 'persons', 'hours', 'percent')),
  forms text[] not null,
  sources text[] not null,
  from_day date not null,
  until_day date,
  adjusted boolean not null,
  projected_on date,
  reproject_from date,
  active boolean not null,
  ord integer not null,
  primary key (county, id)
);
comment on table duty_rule is 'Duties (履责规则) of the pack as this county holds them. NULL does not limit. projected_on is the day its items were last worked out, NULL before the first time; what ended before that day is rewritten only from reproject_from on, which an action with a reason sets.';
create unique index duty_rule_name on duty_rule (county, rule);

create table duty_period (
  county text not null,
  id uuid not null,
  rule text not null,
  period text not null,
  label text not null,
  start_on date not null,
  end_on date not null,
  due_on date not null,
  open boolean not null,
  primary key (county, id),
  check (start_on <= end_on and end_on <= due_on)
);
comment on table duty_period is 'Turns of a duty: the days within which it is to be done. The turns of a rule never overlap; what is done after the end of an open one still counts for it. Reminders are armed on these rows, one for all whose duty it is.';
create unique index duty_period_name on duty_period (county, rule, period);
create index duty_period_start on duty_period (county, rule, start_on);

create table duty_item (
  county text not null,
  id uuid not null,
  rule text not null,
  period text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_name text not null,
  unit_id uuid,
  area text collate "C" not null,
  sectors text[] not null,
  body_id text,
  start_on date not null,
  end_on date not null,
  due_on date not null,
  quota double precision not null,
  exempt boolean not null,
  done double precision not null,
  pending double precision not null,
  met_on date,
  primary key (county, id)
);
comment on table duty_item is 'One duty of one subject in one turn, worked out and never typed. Its id is the MD5 of rule, turn and subject, so that it is the same however often it is worked out. Its state follows from these columns and the day.';
create index duty_item_rule on duty_item (county, rule, due_on);
create index duty_item_unit on duty_item (county, unit_id, due_on) where unit_id is not null;
create index duty_item_body on duty_item (county, body_id, due_on) where body_id is not null;
create index duty_item_area on duty_item (county, area, due_on);
create index duty_item_open on duty_item (county, due_on, id) where met_on is null and not exempt;

create table duty_deed (
  county text not null,
  id uuid not null,
  version integer not null,
  form text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_name text not null,
  area text collate "C" not null,
  sectors text[] not null,
  unit_id uuid,
  body_id text,
  days date[] not null,
  first_day date not null,
  people text not null,
  amount double precision not null,
  for_rule text,
  for_period text,
  state text not null check (state in ('unverified', 'counted', 'returned', 'voided')),
  detail jsonb not null,
  primary key (county, id)
);
comment on table duty_deed is 'Evidence of duties fulfilled (履责记录): what was done, by whom, on which days. for_rule and for_period name the turn it makes up for.';
create index duty_deed_day on duty_deed (county, first_day desc, id);
create index duty_deed_unit on duty_deed (county, unit_id, first_day desc) where unit_id is not null;
create index duty_deed_form on duty_deed (county, form);
create index duty_deed_waiting on duty_deed (county, first_day) where state = 'unverified';

create table duty_mark (
  county text not null,
  item_id uuid not null,
  source text not null,
  key text not null,
  day date not null,
  rule text not null,
  amount double precision not null,
  counted boolean not null,
  primary key (county, item_id, source, key, day)
);
comment on table duty_mark is 'Which days of which records count for which items: deeds of the duty''s own (source deed) and records of other capabilities. Derived; written in the transaction of the record it comes from, and anew by a recompute. It may name an item whose subject is not in the population.';
create index duty_mark_key on duty_mark (county, source, key);
create index duty_mark_rule on duty_mark (county, rule);

create table duty_exemption (
  county text not null,
  id uuid not null,
  version integer not null,
  rule text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_name text not null,
  area text collate "C" not null,
  sectors text[] not null,
  unit_id uuid,
  body_id text,
  from_day date not null,
  to_day date not null,
  reason text not null,
  state text not null check (state in ('inForce', 'ended')),
  detail jsonb not null,
  primary key (county, id),
  check (from_day <= to_day)
);
comment on table duty_exemption is 'Subjects that need not fulfil a duty in the turns between two days, and why.';
create index duty_exemption_subject on duty_exemption (county, rule, subject_kind, subject_id);
