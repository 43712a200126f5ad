-- Each lock-out in a row lasts twice as long as the one before; the count has to outlive the lock itself.

alter table sign_in_attempt add column locks integer not null default 0;
comment on table sign_in_attempt is 'Attempts counted per login (whether or not it exists) and per network address, before the password is looked at. locks = closings in a row, on which the length of the next depends.';
