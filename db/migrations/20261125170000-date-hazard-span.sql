-- A hazard that takes over an earlier finding grows older. Without the day it counted as found, a list as of a past day
-- was cut by today's day while the number it stands behind was counted by the day of that time.
alter table hazard_span add column found_on date;

-- Of spans that ended before such a change only the month is known any more.
update hazard_span s
set found_on = case when to_char(h.found_on, 'YYYY-MM') = s.month then h.found_on else (s.month || '-01')::date end
from hazard h
where h.county = s.county and h.id = s.hazard_id;
alter table hazard_span alter column found_on set not null;
