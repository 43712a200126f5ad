-- What was taken out is said in words, so that whoever reads the audit need not read JSON.
alter table export_log
  add column words text not null default '',
  add column columns text[] not null default '{}',
  add column format text not null default 'xlsx';
comment on column export_log.words is 'The filter as people read it.';
comment on column export_log.columns is 'Headings of the columns that left.';
