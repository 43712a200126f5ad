alter table stored_file add lng double precision;
alter table stored_file add lat double precision;
comment on table stored_file is 'The bytes of a file, stored once under their SHA-256. captured_at, lng and lat are what the camera wrote into a picture: kept as evidence, left out of every copy.';
