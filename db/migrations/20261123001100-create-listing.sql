create table listing (
  county text not null,
  id uuid not null,
  version integer not null,
  hazard_id uuid not null,
  hazard_number text not null,
  unit_id uuid,
  unit_name text not null,
  area text collate "C" not null,
  sector text not null,
  level text not null check (level in ('county', 'city', 'province')),
  state text not null,
  proposer_body_id text,
  listing_body_id text,
  supervising_body_id text,
  document text not null,
  proposed_on date not null,
  ordered_on date,
  due_on date,
  publicised_on date,
  ended_on date,
  detail jsonb not null,
  primary key (county, id),
  foreign key (county, hazard_id) references hazard (county, id)
);
comment on table listing is 'Supervised listing (挂牌督办) of a hazard: proposal, approval, order, publication, delisting.';
create unique index listing_standing on listing (county, hazard_id) where state in ('proposed', 'approved', 'ordered');
create index listing_state on listing (county, state, proposed_on desc);
create index listing_area on listing (county, area, proposed_on desc);
