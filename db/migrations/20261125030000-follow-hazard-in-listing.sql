-- 申请销案 and the closing of the hazard start the time the listing body has for 摘牌销案.
alter table listing add column asked_on date;
alter table listing add column hazard_closed_on date;

update listing l set hazard_closed_on = case when h.state = 'closed' then h.closed_on end, due_on = h.due_on,
  unit_id = h.unit_id, unit_name = h.unit_name
from hazard h
where h.county = l.county and h.id = l.hazard_id and l.state in ('proposed', 'approved', 'ordered');

-- What waits for the listing body: few rows among all that ever were listed.
create index listing_waiting on listing (county, ordered_on)
  where state = 'ordered' and (publicised_on is null or asked_on is not null or hazard_closed_on is not null);
