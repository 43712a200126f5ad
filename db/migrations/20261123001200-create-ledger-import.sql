create table ledger_import (
  county text not null,
  id uuid not null,
  version integer not null,
  account_id uuid not null,
  account_name text not null,
  file_name text not null,
  upload_id uuid not null,
  sheet text not null,
  state text not null check (state in ('preparing', 'running', 'cancelled', 'done')),
  created_at timestamptz not null,
  detail jsonb not null,
  primary key (county, id)
);
comment on table ledger_import is 'One import of a hazard ledger: which file, how its columns and words are understood, and where it stands.';
create index ledger_import_account on ledger_import (county, account_id, created_at desc);

create table ledger_import_row (
  county text not null,
  import_id uuid not null,
  row integer not null,
  kind text not null check (kind in ('data', 'blank', 'total', 'note')),
  cells jsonb not null,
  corrections jsonb not null,
  decision text not null check (decision in ('auto', 'skip', 'separate')),
  source_key text not null,
  plan jsonb,
  standing text not null check (standing in ('ready', 'open', 'skipped', 'imported', 'merged', 'rejected')),
  merge_row integer,
  unit_id uuid,
  hazard_id uuid,
  hazard_number text,
  reason text,
  primary key (county, import_id, row),
  -- Deferred: rows are written by the action's effect, the import itself by the runner after it.
  foreign key (county, import_id) references ledger_import (county, id) deferrable initially deferred
);
comment on table ledger_import_row is 'Every row of an imported ledger and what became of it, so that rows in = imported + merged + rejected can be shown row by row.';
create index ledger_import_row_standing on ledger_import_row (county, import_id, standing, row);
create index ledger_import_row_source on ledger_import_row (county, source_key) where hazard_id is not null;

create table ledger_memory (
  county text not null,
  signature text not null,
  columns jsonb not null,
  words jsonb not null,
  updated_at timestamptz not null,
  primary key (county, signature)
);
comment on table ledger_memory is 'How people have mapped a header and its words before; the same layout is understood at once the next time. Signature * holds words that every layout may use.';
