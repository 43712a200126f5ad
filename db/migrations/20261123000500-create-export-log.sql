create table export_log (
  county text not null,
  id uuid not null,
  at timestamptz not null,
  account_id uuid not null,
  actor_name text not null,
  title text not null,
  filter jsonb not null,
  rows integer not null,
  primary key (county, id)
);
comment on table export_log is 'Who took which list out of the system, with what filter and how many rows.';
create index export_log_at on export_log (county, at desc);
