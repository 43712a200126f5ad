-- A row of hazard carried its whole document and its search words (2 KB) through every scan and every new version of the
-- row. They go out of line; what lists filter and sort by stays together, and unchanged words are not copied any more.
alter table hazard set (toast_tuple_target = 256);
alter table hazard alter column search set storage external;
alter table hazard alter column detail set storage extended;
update hazard set search = search || ''::tsvector, detail = detail || '{}';

-- Most lists ask for what stands; one index in the order they show it.
create index hazard_standing on hazard (county, found_on desc, id desc)
  where state in ('reported','registered','assigned','rectifying','awaitingAcceptance','awaitingReview','awaitingClosure');
-- What was given to a body from outside its area, counted without looking at the rest.
drop index hazard_assigned;
create index hazard_assigned on hazard (county, assigned_body_id, area) where assigned_body_id is not null;
create index hazard_lead on hazard (county, lead_body_id, area);
