create sequence hazard_number;
comment on sequence hazard_number is 'Running number of hazards; only the printed number uses it.';

create table hazard (
  county text not null,
  id uuid not null,
  version integer not null,
  number text not null,
  area text collate "C" not null,
  unit_id uuid,
  unit_name text not null,
  sector text not null,
  level text not null,
  channel text not null,
  state text not null,
  description text not null,
  location text not null,
  found_on date not null,
  registered_on date not null,
  lead_body_id text not null,
  joint_body_ids text[] not null,
  town_body_id text,
  assigned_body_id text,
  issuer_body_id text,
  due_on date,
  overdue boolean not null,
  stopped boolean not null,
  listing text not null,
  listing_id uuid,
  listing_body_id text,
  closed_on date,
  close_kind text,
  closures integer not null,
  reopened integer not null,
  reinspection text not null,
  merged_into uuid,
  progress_on date not null,
  plan_complete boolean not null,
  interim_missing boolean not null,
  extension_pending boolean not null,
  source_key text,
  search tsvector not null,
  detail jsonb not null,
  primary key (county, id)
);
comment on table hazard is 'The canonical hazard (隐患). Columns are what lists filter and sort by; detail holds plan, reviews, extensions and the rest.';
create unique index hazard_source on hazard (county, source_key) where source_key is not null;
create index hazard_area_found on hazard (county, area, found_on desc, id);
create index hazard_found on hazard (county, found_on desc, id);
create index hazard_sector_found on hazard (county, sector, found_on desc, id);
create index hazard_due on hazard (county, due_on, id) where state in ('reported','registered','assigned','rectifying','awaitingAcceptance','awaitingReview','awaitingClosure');
create index hazard_unit on hazard (county, unit_id, found_on desc);
create index hazard_state on hazard (county, state, found_on desc);
create index hazard_assigned on hazard (county, assigned_body_id, found_on desc) where assigned_body_id is not null;
create index hazard_search on hazard using gin (search);

create table hazard_report (
  county text not null,
  id uuid not null,
  hazard_id uuid not null,
  filed_under uuid not null,
  channel text not null,
  area text collate "C" not null,
  sector text not null,
  found_on date not null,
  source text not null,
  description text not null,
  reporter text not null,
  account_id uuid not null,
  reported_at timestamptz not null,
  primary key (county, id),
  foreign key (county, hazard_id) references hazard (county, id) deferrable initially deferred
);
comment on table hazard_report is 'One finding from one channel. A merge moves hazard_id and leaves filed_under, so that it can be undone.';
create index hazard_report_hazard on hazard_report (county, hazard_id);

create table hazard_span (
  county text not null,
  hazard_id uuid not null,
  seq integer not null,
  from_day date not null,
  to_day date not null,
  area text collate "C" not null,
  sector text not null,
  level text not null,
  channel text not null,
  state text not null,
  month text not null,
  primary key (county, hazard_id, seq),
  foreign key (county, hazard_id) references hazard (county, id)
);
comment on table hazard_span is 'How the hazard counted in the statistics from which day to which (to_day exclusive), so that a number as of a past day opens its list.';
create index hazard_span_days on hazard_span (county, from_day, to_day);
