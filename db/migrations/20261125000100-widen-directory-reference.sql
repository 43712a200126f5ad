-- The words ledgers use for areas and sectors, what a gap is about, and the county's own word on supervision. Packs
-- already installed carry the new words, so their mark goes: the next start installs them again.

alter table area add column aliases text[] not null default '{}';
alter table area add column id uuid not null default gen_random_uuid();
alter table area add column version integer not null default 1;
alter table area add column supervision jsonb;
create unique index area_id on area (county, id);
comment on table area is 'Administrative areas with official codes, from the pack. supervised marks the units the pack counts as 各乡镇（开发区）; supervision is the county''s own {value, reason, by, on} that wins over it, or null. body_id is the body that answers for the area; aliases are the words lists use for it.';

alter table sector add column aliases text[] not null default '{}';
alter table matrix_gap add column topic text not null default '';
alter table matrix_gap add column handling text not null default '';

delete from setting where key = 'pack.hash';
