-- The tables of the platform itself. `county` comes first in every key, so that the schema can be distributed by it.

create table action (
  county text not null,
  record_id uuid not null,
  seq integer not null,
  id uuid not null,
  record_type text not null,
  name text not null,
  account_id uuid not null,
  actor_name text not null,
  cause_id uuid,
  at timestamptz not null,
  effective_on date not null,
  from_state text,
  to_state text,
  summary text not null,
  input jsonb not null,
  output jsonb not null,
  prev_hash bytea,
  hash bytea not null,
  primary key (county, record_id, seq),
  unique (county, id)
);
comment on table action is 'Every write, append-only: who did what to which record, hash-chained per record. seq equals the version the record has afterwards.';
create index action_at on action (county, at desc);
create index action_account on action (county, account_id, at desc);
create index action_cause on action (county, cause_id) where cause_id is not null;

create table refusal (
  county text not null,
  id uuid not null,
  at timestamptz not null,
  account_id uuid,
  actor_name text not null,
  operation text not null,
  record_id uuid,
  code text not null,
  detail text not null,
  primary key (county, id)
);
comment on table refusal is 'Attempts the system refused, so that an auditor sees who tried what.';
create index refusal_at on refusal (county, at desc);

create table tally_delta (
  county text not null,
  action_id uuid not null,
  ord smallint not null,
  day date not null,
  metric text not null,
  area text not null,
  sector text not null,
  level text not null,
  channel text not null,
  state text not null,
  month text not null,
  n integer not null,
  primary key (county, action_id, ord)
);
comment on table tally_delta is 'Changes of the statistics, written in the transaction of the action that caused them and folded into tally and tally_day later.';

create table tally (
  county text not null,
  metric text not null,
  area text not null,
  sector text not null,
  level text not null,
  channel text not null,
  state text not null,
  month text not null,
  n bigint not null,
  primary key (county, metric, area, sector, level, channel, state, month)
);
comment on table tally is 'Folded statistics as of now. Readers add tally_delta to it; base plus deltas equals a recount at every commit.';

create table tally_day (
  county text not null,
  day date not null,
  metric text not null,
  area text not null,
  sector text not null,
  level text not null,
  channel text not null,
  state text not null,
  month text not null,
  n bigint not null,
  primary key (county, metric, day, area, sector, level, channel, state, month)
);
comment on table tally_day is 'The same deltas folded by the legal day they took effect, for statistics as of any past date.';

create table deadline (
  county text not null,
  record_id uuid not null,
  rung text not null,
  basis date not null,
  record_type text not null,
  area text not null,
  fire_at timestamptz not null,
  fired_at timestamptz,
  primary key (county, record_id, rung, basis)
);
comment on table deadline is 'Armed clocks: each rung of each deadline fires exactly once. basis is the due day it belongs to, so an extension arms new rungs and leaves the fired ones as history.';
create index deadline_armed on deadline (fire_at) where fired_at is null;

create table notice (
  county text not null,
  id uuid not null,
  dedupe_key text not null,
  recipient_kind text not null check (recipient_kind in ('person', 'body', 'account')),
  recipient_id text not null,
  kind text not null,
  title text not null,
  body text not null,
  record_type text not null,
  record_id uuid not null,
  action_id uuid,
  created_at timestamptz not null,
  primary key (county, id),
  unique (county, dedupe_key)
);
comment on table notice is 'In-app messages. dedupe_key makes sending the same notice twice impossible.';
create index notice_recipient on notice (county, recipient_kind, recipient_id, created_at desc);
create index notice_record on notice (county, record_id, created_at);

create table notice_receipt (
  county text not null,
  notice_id uuid not null,
  account_id uuid not null,
  read_at timestamptz not null,
  primary key (county, notice_id, account_id)
);
comment on table notice_receipt is 'Who read a notice and when; the proof of 送达.';

create table delivery (
  county text not null,
  id uuid not null,
  notice_id uuid not null,
  channel text not null,
  address text not null,
  state text not null check (state in ('queued', 'sent', 'failed', 'undeliverable')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  last_error text,
  sent_at timestamptz,
  primary key (county, id)
);
comment on table delivery is 'Sending of a notice outside the product (webhook, SMS), with retries; what could not be sent stays visible.';
create index delivery_queue on delivery (next_at) where state = 'queued';
create index delivery_notice on delivery (county, notice_id);

create table parameter (
  county text not null,
  id text not null,
  effective_from date not null,
  value jsonb not null,
  title text not null,
  unit text,
  source text not null,
  confidence text not null,
  note text,
  primary key (county, id, effective_from)
);
comment on table parameter is 'Numbers that law or the county may change, with the day from which each value holds.';

create table holiday (
  county text not null,
  day date not null,
  kind text not null check (kind in ('holiday', 'workday')),
  source text not null,
  primary key (county, day)
);
comment on table holiday is 'Weekdays off and weekends worked. A year without rows is provisional: only weekends count as free.';

create table calendar_year (
  county text not null,
  year integer not null,
  id uuid not null,
  complete boolean not null,
  version integer not null,
  primary key (county, year)
);
comment on table calendar_year is 'Whether the holiday table of a year is known in full; the record that calendar actions change.';

create table setting (
  county text not null,
  key text not null,
  value jsonb not null,
  primary key (county, key)
);
comment on table setting is 'Facts about this installation: loaded packs, whether the data is demo data.';
