drop table file_look;
alter table stored_file drop look;

create table picture_look (
  county text not null,
  sha256 text not null,
  looks bit(64)[] not null,
  keys integer[] not null,
  compared boolean not null,
  primary key (county, sha256)
);
comment on table picture_look is 'What a picture is found by when the same photo comes again: its look and those of its usual cuts, 64 bits each, and the quarters of these as keys that near looks are likely to share.';
create index picture_look_key on picture_look using gin (keys);
create index picture_look_uncompared on picture_look (county) where not compared;

create table picture_pair (
  county text not null,
  sha256 text not null,
  other_sha256 text not null,
  likeness real not null,
  primary key (county, sha256, other_sha256)
);
comment on table picture_pair is 'Two stored pictures that are the same photo, from both sides: resized, recompressed, turned, or cut at the margins. Found once, when the later of them came in.';
create index picture_pair_other on picture_pair (county, other_sha256);
