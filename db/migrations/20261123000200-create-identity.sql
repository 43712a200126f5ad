-- Accounts, what they are granted, how they sign in, and who is signed in. `county` comes first in every key.

create table account (
  county text not null,
  id uuid not null,
  version integer not null,
  login text not null,
  name text not null,
  person_id uuid,
  state text not null check (state in ('active', 'disabled')),
  area text not null collate "C",
  created_on date not null,
  primary key (county, id)
);
comment on table account is 'Who may sign in. area is the smallest area that holds every grant of the account; it decides which administrators manage it.';
create unique index account_login on account (county, lower(login));
create index account_area on account (county, area);
create index account_person on account (county, person_id) where person_id is not null;

create table account_grant (
  county text not null,
  id uuid not null,
  account_id uuid not null,
  role text not null,
  area text not null collate "C",
  sectors text[],
  unit_id uuid,
  body_id text,
  from_day date not null,
  to_day date,
  primary key (county, id),
  foreign key (county, account_id) references account (county, id)
);
comment on table account_grant is 'A role within area × sectors × unit, from its first to its last legal day. Grants end, they are never deleted. to_day before from_day = withdrawn on the day it began.';
create index account_grant_account on account_grant (county, account_id);
create index account_grant_role on account_grant (county, role, account_id);

create table credential (
  county text not null,
  account_id uuid not null,
  hash text not null,
  must_change boolean not null,
  changed_at timestamptz not null,
  primary key (county, account_id),
  foreign key (county, account_id) references account (county, id)
);
comment on table credential is 'The argon2id hash of each password (PHC text). Kept apart from account so that no list or export of accounts can carry it.';

create table session (
  county text not null,
  token_hash bytea not null,
  account_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  ends_at timestamptz not null,
  ip text not null,
  agent text not null,
  ended_at timestamptz,
  end_reason text,
  primary key (county, token_hash),
  foreign key (county, account_id) references account (county, id)
);
comment on table session is 'Signed-in browsers. Only the SHA-256 of the token is stored; ended rows stay as the record of who was signed in from where.';
create index session_account on session (county, account_id) where ended_at is null;
create index session_created on session (county, created_at);

create table sign_in_attempt (
  county text not null,
  kind text not null check (kind in ('login', 'address')),
  key text not null,
  failures integer not null,
  since timestamptz not null,
  locked_until timestamptz,
  primary key (county, kind, key)
);
comment on table sign_in_attempt is 'Attempts counted per login (whether or not it exists) and per network address, before the password is looked at.';
