-- What a list as of a past day must be able to show and filter by, beside the state: without it "overdue on 30 June"
-- could only be answered with today's marks.
alter table hazard_span
  add column due_on date,
  add column overdue boolean not null default false,
  add column listing text not null default 'none',
  add column reopened integer not null default 0,
  add column closures integer not null default 0,
  add column closed_on date,
  add column close_kind text;

update hazard_span s
set due_on = h.due_on, overdue = h.overdue, listing = h.listing, reopened = h.reopened, closures = h.closures,
    closed_on = h.closed_on, close_kind = h.close_kind
from hazard h
where h.county = s.county and h.id = s.hazard_id and s.to_day = '9999-12-31';

-- Earlier spans: the closing is known from the span itself, the marks of the time are not and stay unset.
update hazard_span s
set closed_on = s.from_day, closures = 1,
    close_kind = (select c->>'kind' from hazard h, jsonb_array_elements(h.detail->'closures') c
                  where h.county = s.county and h.id = s.hazard_id and (c->>'on')::date = s.from_day limit 1)
where s.state = 'closed' and s.to_day <> '9999-12-31';

-- Two metrics more: the sum of found days of what stands (mean days open) and hazards closed at least once (reopen rate).
with cells as (
  select county, 'foundDay' as metric, substr(area, 1, 9) as area, sector, level, channel, state,
    to_char(found_on, 'YYYY-MM') as month, (found_on - date '2000-01-01')::bigint as n
  from hazard where state not in ('closed', 'rejected', 'transferred', 'merged', 'voided')
  union all
  select county, 'everClosed', substr(area, 1, 9), sector, level, channel, '', to_char(found_on, 'YYYY-MM'), 1
  from hazard where closures > 0
)
insert into tally (county, metric, area, sector, level, channel, state, month, n)
select county, metric, area, sector, level, channel, state, month, sum(n) from cells group by 1, 2, 3, 4, 5, 6, 7, 8;

with cells as (
  select s.county, 'foundDay' as metric, d.day, s.area, s.sector, s.level, s.channel, s.state, s.month,
    d.sign * (h.found_on - date '2000-01-01')::bigint as n
  from hazard_span s
  join hazard h on h.county = s.county and h.id = s.hazard_id
  cross join lateral (values (s.from_day, 1), (s.to_day, -1)) d (day, sign)
  where s.state not in ('closed', 'rejected', 'transferred', 'merged', 'voided') and d.day <> '9999-12-31'
  union all
  select county, 'everClosed', (detail->'closures'->0->>'on')::date, area, sector, level, channel, '',
    to_char(found_on, 'YYYY-MM'), 1
  from hazard where closures > 0
)
insert into tally_day (county, metric, day, area, sector, level, channel, state, month, n)
select county, metric, day, substr(area, 1, 9), sector, level, channel, state, month, sum(n) from cells
group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) <> 0;

-- From which day a finding counts: the day it came in, or the day it was found when a ledger brought it.
alter table hazard_report add column booked_on date;
update hazard_report r
set booked_on = case when h.detail->'ledger' <> 'null'::jsonb then r.found_on
                     else (r.reported_at at time zone 'Asia/Shanghai')::date end
from hazard h where h.county = r.county and h.id = r.filed_under;
update hazard_report set booked_on = (reported_at at time zone 'Asia/Shanghai')::date where booked_on is null;
alter table hazard_report alter column booked_on set not null;
create index hazard_report_place on hazard_report (county, area, found_on);
