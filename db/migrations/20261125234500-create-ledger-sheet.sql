-- A sheet is brought into a ledger by the server itself, batch by batch, and says how far it has come.

create table ledger_sheet (
  county text not null,
  id uuid not null,
  version integer not null,
  ledger text not null,
  upload_id uuid not null,
  account_id uuid not null,
  account_name text not null,
  file_name text not null,
  started_at timestamptz not null,
  total integer not null,
  next_row integer not null,
  added integer not null,
  known integer not null,
  state text not null check (state in ('running', 'paused', 'finished')),
  primary key (county, id),
  unique (county, account_id, upload_id, ledger),
  check (next_row between 0 and total)
);
comment on table ledger_sheet is 'Sheets that are brought into ledgers. Rows before next_row are accounted for: added, known already, or left out as ledger_batch says.';
create index ledger_sheet_last on ledger_sheet (county, account_id, ledger, started_at);
create index ledger_sheet_running on ledger_sheet (county) where state = 'running';
