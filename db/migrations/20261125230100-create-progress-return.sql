create table progress_period (
  county text not null,
  id uuid not null,
  version integer not null,
  name text not null,
  from_on date not null,
  to_on date not null,
  opens_on date not null,
  due_on date not null,
  state text not null,
  locked_on date,
  locked_by text,
  primary key (county, id),
  unique (county, from_on)
);
comment on table progress_period is 'Periods for which every body of the plan returns its progress (进展报送期); locked ones change only by logged corrections.';

create table progress_return (
  county text not null,
  id uuid not null,
  version integer not null,
  period_id uuid not null,
  period text not null,
  from_on date not null,
  to_on date not null,
  opens_on date not null,
  due_on date not null,
  body_id text not null,
  area text collate "C" not null,
  state text not null,
  submitted_on date,
  endorsed_on date,
  accepted_on date,
  locked_on date,
  detail jsonb not null,
  primary key (county, id),
  unique (county, period_id, body_id),
  foreign key (county, period_id) references progress_period (county, id)
);
comment on table progress_return is 'Progress returns (进展报送): one of each body per period, numbers frozen when handed in, corrections kept beside them.';
create index progress_return_of_body on progress_return (county, body_id, from_on desc);
