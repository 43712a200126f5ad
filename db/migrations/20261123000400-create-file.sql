create table upload (
  county text not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  size bigint not null,
  purpose text not null,
  captured_at timestamptz,
  state text not null check (state in ('receiving', 'finished', 'refused')),
  sha256 text,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (county, id)
);
comment on table upload is 'A file on its way in. How much of it has arrived is the length of its part file; a finished one waits to be hung on a record.';
create index upload_open on upload (county, account_id) where state = 'receiving';
create index upload_created on upload (county, created_at) where state <> 'finished';

create table stored_file (
  county text not null,
  sha256 text not null,
  size bigint not null,
  type text not null,
  image boolean not null,
  width integer,
  height integer,
  captured_at timestamptz,
  look bit(64),
  received_at timestamptz not null,
  primary key (county, sha256)
);
comment on table stored_file is 'The bytes of a file, stored once under their SHA-256. look is the difference hash of a picture: near-equal pictures have near-equal hashes.';

create table file_look (
  county text not null,
  band smallint not null,
  bits integer not null,
  sha256 text not null,
  primary key (county, band, bits, sha256)
);
comment on table file_look is 'The 64-bit look of a picture cut into seven bands: pictures at most six bits apart agree in at least one band, so candidates are found by key.';

create table attachment (
  county text not null,
  id uuid not null,
  record_type text not null,
  record_id uuid not null,
  action_id uuid not null,
  purpose text not null,
  caption text not null,
  name text not null,
  sha256 text not null,
  account_id uuid not null,
  account_name text not null,
  captured_at timestamptz,
  received_at timestamptz not null,
  primary key (county, id),
  foreign key (county, sha256) references stored_file (county, sha256)
);
comment on table attachment is 'A file hung on a record by an action. captured_at is the camera''s word, received_at ours; they are never mixed up.';
create index attachment_record on attachment (county, record_type, record_id, received_at);
create index attachment_file on attachment (county, sha256);
