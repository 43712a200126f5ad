create table ledger_item (
  county text not null,
  id uuid not null,
  version integer not null,
  ledger text not null,
  title text not null,
  item_key text not null,
  area text collate "C" not null,
  sector text,
  body_id text not null,
  unit_id uuid,
  unit_name text not null,
  state text not null,
  state_type text not null,
  rank smallint not null,
  listed_on date not null,
  changed_on date not null,
  due_on date,
  done_on date,
  fields jsonb not null,
  milestones jsonb not null,
  search tsvector not null,
  primary key (county, id)
);
comment on table ledger_item is 'Items of the ledgers (台账) that the plan''s pack declares: one row per thing, its own fields as JSON.';
comment on column ledger_item.rank is '0 while it is to be done, 1 done, 2 void: the order lists open in.';
-- Detail and search words stay out of the pages that lists and counts read.
alter table ledger_item alter column search set storage external;
-- What is entered by mistake and void is out of the way of the one entered instead.
create unique index ledger_item_key on ledger_item (county, ledger, item_key) where state_type <> 'void';
create index ledger_item_order on ledger_item (county, ledger, rank, due_on, id);
create index ledger_item_all on ledger_item (county, rank, due_on, id);
create index ledger_item_counted on ledger_item (county, ledger, area) include (state_type, due_on, done_on, body_id, sector, unit_id, listed_on);
create index ledger_item_area on ledger_item (county, area, rank, due_on, id);
create index ledger_item_body on ledger_item (county, body_id, rank, due_on, id);
create index ledger_item_unit on ledger_item (county, unit_id) where unit_id is not null;
create index ledger_item_search on ledger_item using gin (search);
create index ledger_item_fields on ledger_item using gin (fields jsonb_path_ops);

create table ledger_item_span (
  county text not null,
  item_id uuid not null,
  seq integer not null,
  from_day date not null,
  to_day date not null,
  ledger text not null,
  area text collate "C" not null,
  sector text,
  body_id text not null,
  unit_id uuid,
  state text not null,
  state_type text not null,
  listed_on date not null,
  due_on date,
  done_on date,
  primary key (county, item_id, seq),
  foreign key (county, item_id) references ledger_item (county, id)
);
comment on table ledger_item_span is 'How a ledger item counted from one day to another (to_day excluded), for numbers as of a past day.';
create index ledger_item_span_asked on ledger_item_span (county, ledger, to_day, from_day);

create table ledger_zero (
  county text not null,
  id uuid not null,
  version integer not null,
  ledger text not null,
  area text collate "C" not null,
  body_id text,
  confirmed_on date not null,
  by_name text not null,
  statement text not null,
  lifted_on date,
  primary key (county, id)
);
comment on table ledger_zero is 'Confirmed zero (零确认): somebody''s word that a ledger has nothing to list in an area, with the day.';
create unique index ledger_zero_standing on ledger_zero (county, ledger, area) where lifted_on is null;

create table ledger_freeze (
  county text not null,
  id uuid not null,
  version integer not null,
  ledger text not null,
  frozen_on date not null,
  by_name text not null,
  at timestamptz not null,
  reason text not null,
  primary key (county, id)
);
comment on table ledger_freeze is 'The day whose items are the stock of a ledger (冻结存量), as the county said it; the last word holds.';
create index ledger_freeze_last on ledger_freeze (county, ledger, at);

create table ledger_batch (
  county text not null,
  id uuid not null,
  version integer not null,
  ledger text not null,
  upload_id uuid not null,
  account_id uuid not null,
  first_row integer not null,
  next_row integer not null,
  added integer not null,
  known integer not null,
  rejected jsonb not null,
  primary key (county, id)
);
comment on table ledger_batch is 'Batches of rows brought into a ledger from a sheet, and which rows were left out and why.';
create index ledger_batch_upload on ledger_batch (county, upload_id, first_row);
