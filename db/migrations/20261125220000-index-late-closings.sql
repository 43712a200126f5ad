-- The wall of clauses asks at every opening how many hazards were closed after their day, as of any day; and how many that
-- stand have their five elements whole. Both are answered from an index alone.
drop index concurrently if exists hazard_span_late;
create index concurrently hazard_span_late on hazard_span (county, from_day, to_day, level, sector, area, channel)
  where state = 'closed' and closed_on > due_on;
drop index concurrently if exists hazard_five_elements;
create index concurrently hazard_five_elements on hazard (county, level, area, sector, plan_complete)
  where state in ('reported','registered','assigned','rectifying','awaitingAcceptance','awaitingReview','awaitingClosure');
