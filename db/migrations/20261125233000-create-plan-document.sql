-- A plan document is read, a person decides on every proposal of the reading, and what is kept is a version of the plan.

create table plan_document (
  county text not null,
  id uuid not null,
  version integer not null,
  state text not null check (state in ('deciding', 'issued', 'discarded')),
  file_name text not null,
  read_at timestamptz not null,
  read_by text not null,
  content jsonb not null,
  number integer,
  closed_at timestamptz,
  closed_by text,
  note text not null default '',
  primary key (county, id),
  unique (county, number),
  check ((state = 'issued') = (number is not null))
);
comment on table plan_document is 'A plan document that was read. content is its letter and its clauses as they were read and never changes. number is the plan version it became, counted from 1 in the county.';

create table plan_proposal (
  county text not null,
  id uuid not null,
  version integer not null default 1,
  document_id uuid not null,
  at integer not null,
  kind text not null check (kind in ('task', 'duty', 'ledger', 'matrix')),
  clause integer,
  path text not null,
  sentence text not null,
  start integer not null,
  sure text not null check (sure in ('said', 'inferred', 'open')),
  proposed jsonb not null,
  earlier jsonb,
  decision text not null default 'open' check (decision in ('open', 'confirmed', 'edited', 'rejected')),
  facts jsonb not null,
  reason text not null default '',
  decided_at timestamptz,
  decided_by text,
  primary key (county, id),
  foreign key (county, document_id) references plan_document (county, id) deferrable initially deferred,
  unique (county, document_id, at)
);
comment on table plan_proposal is 'What the reader proposes of one sentence of a plan document, and what a person has decided. proposed is as it was read; facts is what holds; earlier is what the version before made of the same sentence. Each is a record of its own, so that two people may decide side by side.';
