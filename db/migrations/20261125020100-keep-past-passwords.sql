-- The county may ask that a new password is none of the last ones.
create table credential_past (
  county text not null,
  account_id uuid not null,
  set_at timestamptz not null,
  hash text not null,
  primary key (county, account_id, set_at),
  foreign key (county, account_id) references account (county, id)
);
comment on table credential_past is 'Hashes of passwords an account had before, as many as the county compares a new one with; older ones are removed.';
