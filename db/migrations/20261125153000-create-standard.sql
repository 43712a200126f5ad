-- The criteria library moves into the database: a county brings in a new edition of a standard without waiting for a pack.

create table standard (
  county text not null,
  id uuid not null default gen_random_uuid(),
  version integer not null default 1,
  code text not null,
  origin text not null check (origin in ('pack', 'county')),
  content jsonb not null,
  amended jsonb,
  supersedes jsonb not null default '[]',
  withdrawn jsonb,
  loaded integer not null default 0,
  primary key (county, id),
  unique (county, code)
);
comment on table standard is 'A 判定标准 with its items. content is what the pack says (or the county, of its own standards); amended is the county''s own word on a standard of the pack, which holds instead and outlives a reload. supersedes names the editions it took the place of and until when they held before, so that it can be taken back. loaded counts how often a pack has changed it.';
