-- Rows of the audit are sealed in blocks, each under one Merkle root, the blocks in a chain (docs/adr/0010). Nothing is
-- added to what a writer writes: which rows are not sealed yet is found by what is missing here.

create table audit_block (
  county text not null,
  number integer not null,
  previous bytea,
  history bytea not null,
  rows integer not null,
  root bytea not null,
  first_at timestamptz,
  last_at timestamptz,
  complete_to timestamptz,
  sealed_at timestamptz not null,
  software text not null,
  hash bytea not null,
  nodes bytea not null,
  primary key (county, number)
);
comment on table audit_block is 'Sealed blocks of the audit: root of the rows, hash of the block before, root of the tree over all blocks before. nodes holds the hashes of that tree which this block completed.';

create table audit_leaf (
  county text not null,
  block integer not null,
  position integer not null,
  kind text not null check (kind in ('action', 'refusal')),
  row_id uuid not null,
  record_id uuid,
  seq integer,
  hash bytea not null,
  primary key (county, block, position),
  unique (county, kind, row_id)
);
comment on table audit_leaf is 'What each sealed row was when it was sealed: its hash, and how to name it should it be gone. The block''s root covers every column.';

create index refusal_account on refusal (county, account_id, at desc);
