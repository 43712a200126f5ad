create table saved_filter (
  county text not null,
  id uuid not null,
  version integer not null,
  account_id uuid not null,
  list text not null,
  name text not null,
  state text not null check (state in ('kept', 'dropped')),
  filter jsonb not null,
  words text not null,
  sort text,
  columns text[],
  is_default boolean not null,
  primary key (county, id),
  foreign key (county, account_id) references account (county, id)
);
comment on table saved_filter is 'Filters of a list that an account keeps under a name for itself; a dropped one stays, because the audit tells of it.';
create unique index saved_filter_name on saved_filter (county, account_id, list, name) where state = 'kept';

create table column_layout (
  county text not null,
  account_id uuid not null,
  list text not null,
  layout jsonb not null,
  primary key (county, account_id, list),
  foreign key (county, account_id) references account (county, id)
);
comment on table column_layout is 'Which columns of a list an account sees, in which order.';
