-- Who holds which post at a body of the county (主要负责人、分管负责人、安办主任、联络员): every holding is a record of its own.

create table body_post (
  county text not null,
  id uuid not null,
  version integer not null,
  body_id text not null,
  person_id uuid not null,
  kind text not null,
  title text not null,
  office_phone text not null,
  from_day date not null,
  to_day date,
  primary key (county, id),
  foreign key (county, body_id) references body (county, id),
  foreign key (county, person_id) references person (county, id),
  check (to_day is null or to_day >= from_day)
);
comment on table body_post is 'Who held which post at which body of the county and when; to_day is the last day, null while it lasts. Posts end, they are never deleted.';
create unique index body_post_once on body_post (county, body_id, person_id, kind) where to_day is null;
create index body_post_person on body_post (county, person_id);
