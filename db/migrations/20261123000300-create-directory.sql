-- The directory: who and what the county supervises, and who leads which sector. Area codes compare byte by byte
-- (collation "C"), because scope is a range of codes and other collations would order ':' and digits differently.

create table area (
  county text not null,
  code text collate "C" not null,
  name text not null,
  level text not null check (level in ('county', 'town', 'village')),
  parent_code text collate "C",
  supervised boolean not null,
  body_id text,
  note text not null,
  ord integer not null,
  active boolean not null,
  primary key (county, code)
);
comment on table area is 'Administrative areas with official codes, from the pack. supervised marks the units the county office counts as 各乡镇（开发区）; body_id is the body that answers for the area.';

create table body (
  county text not null,
  id text not null,
  name text not null,
  kind text not null,
  area text collate "C" not null,
  note text not null,
  ord integer not null,
  active boolean not null,
  primary key (county, id)
);
comment on table body is 'Bodies (committee, its office, departments, town governments), from the pack.';

create table sector (
  county text not null,
  id text not null,
  name text not null,
  high_risk boolean not null,
  note text not null,
  ord integer not null,
  active boolean not null,
  primary key (county, id)
);
comment on table sector is 'Sectors (行业领域) of the responsibility matrix, from the pack. high_risk makes every unit of the sector high-risk unless overridden.';

create table matrix_entry (
  county text not null,
  sector_id text not null,
  body_id text not null,
  role text not null check (role in ('lead', 'joint', 'participant')),
  source text not null,
  ord integer not null,
  primary key (county, sector_id, body_id),
  foreign key (county, sector_id) references sector (county, id),
  foreign key (county, body_id) references body (county, id)
);
comment on table matrix_entry is 'The 三管三必须 matrix: which body leads a sector, alone (lead) or with others (joint), and who takes part.';

create table matrix_gap (
  county text not null,
  id text not null,
  sector_id text,
  reason text not null,
  source text not null,
  ord integer not null,
  primary key (county, id),
  foreign key (county, sector_id) references sector (county, id)
);
comment on table matrix_gap is 'What the plan leaves open in the matrix. Shown to people, never filled in silently.';

create table person (
  county text not null,
  id uuid not null,
  name text not null,
  phone text not null,
  id_number text,
  version integer not null,
  primary key (county, id)
);
comment on table person is 'People known to the directory. Phone and identity number leave the server masked unless the viewer may see them.';
create unique index person_id_number on person (county, id_number) where id_number is not null;
create index person_name on person (county, name, phone);

create table unit (
  county text not null,
  id uuid not null,
  version integer not null,
  name text not null,
  name_key text not null,
  name_grams text[] not null,
  credit_code text,
  kind text not null check (kind in ('unit', 'place')),
  area text collate "C" not null,
  sectors text[] not null,
  scale text not null check (scale in ('large', 'medium', 'small', 'micro')),
  belonging text not null check (belonging in ('county', 'city', 'central')),
  tags text[] not null,
  high_risk_override jsonb,
  address text not null,
  contacts jsonb not null,
  lng double precision,
  lat double precision,
  state text not null check (state in ('active', 'suspended', 'closed')),
  state_reason text not null,
  registered_on date not null,
  updated_at timestamptz not null default now(),
  primary key (county, id),
  check ((lng is null) = (lat is null))
);
comment on table unit is 'Production and business units and places (生产经营单位、场所). high_risk_override is {value, reason, by, on} or null; without it the sectors decide.';
-- A place may share the code of the company it belongs to; two units may not.
create unique index unit_credit_code on unit (county, credit_code) where credit_code is not null and kind = 'unit';
create index unit_any_credit_code on unit (county, credit_code) where credit_code is not null;
create index unit_area on unit (county, area, name);
create index unit_name on unit (county, name);
create index unit_sectors on unit using gin (sectors);
-- Neighbouring character pairs of the name key: near-duplicates are found through them without any extension.
create index unit_name_grams on unit using gin (name_grams);

create table post (
  county text not null,
  id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  kind text not null,
  title text not null,
  from_day date not null,
  to_day date,
  primary key (county, id),
  foreign key (county, person_id) references person (county, id),
  foreign key (county, unit_id) references unit (county, id),
  check (to_day is null or to_day >= from_day)
);
comment on table post is 'Who held which post at which unit and when; to_day is the last day. One principal and one actual controller at a time.';
create unique index post_single on post (county, unit_id, kind) where to_day is null and kind in ('principal', 'controller');
create index post_unit on post (county, unit_id);
create index post_person on post (county, person_id);

create table unit_import (
  county text not null,
  id uuid not null,
  version integer not null,
  upload_id uuid not null,
  account_id uuid not null,
  first_row integer not null,
  next_row integer not null,
  outcomes jsonb not null,
  primary key (county, id)
);
comment on table unit_import is 'One batch of an import of units: which rows of which upload it took and what became of each. next_row is where the following batch begins.';
create index unit_import_upload on unit_import (county, upload_id, account_id, first_row);
