create table listing_batch (
  county text not null,
  id uuid not null,
  version integer not null,
  area text collate "C" not null,
  sector text not null,
  year integer not null,
  sequence integer not null,
  title text not null,
  state text not null,
  drafter_body_id text,
  listing_body_id text,
  document text not null,
  published_on date,
  detail jsonb not null,
  primary key (county, id)
);
comment on table listing_batch is 'Yearly batch of listings (年度挂牌批次) by one meeting and one paper, or the word that a year has none.';
-- 第几批 is counted within the year; the word that there is none has no number, and a year has it once.
create unique index listing_batch_sequence on listing_batch (county, year, sequence) where sequence > 0;
create unique index listing_batch_none on listing_batch (county, year) where state = 'none';

create table listing_batch_item (
  county text not null,
  batch_id uuid not null,
  hazard_id uuid not null,
  ord integer not null,
  hazard_number text not null,
  unit_name text not null,
  area text collate "C" not null,
  why text not null,
  chosen_by text not null,
  chosen_on date not null,
  listing_id uuid,
  left_out text,
  primary key (county, batch_id, hazard_id),
  foreign key (county, batch_id) references listing_batch (county, id),
  foreign key (county, hazard_id) references hazard (county, id)
);
comment on table listing_batch_item is 'Hazards chosen for a yearly batch of listings, and those the meeting left out.';
create index listing_batch_item_hazard on listing_batch_item (county, hazard_id);

alter table listing add column batch_id uuid;
alter table listing add foreign key (county, batch_id) references listing_batch (county, id);
create index listing_of_batch on listing (county, batch_id) where batch_id is not null;
