-- A rule's items are brought up to date a slice of its subjects at a time.
drop index concurrently if exists duty_item_subject;
create index concurrently duty_item_subject on duty_item (county, rule, subject_id);
