-- A county with a million hazards has hundreds of thousands of cells; nearly every question asks for three or four of
-- their dimensions. These sums answer it from a few thousand rows, and a past day from its month's end and the days after.

create table tally_sum (
  county text not null,
  grain text not null,
  metric text not null,
  period text not null,
  area text not null,
  sector text not null,
  level text not null,
  state text not null,
  month text not null,
  n bigint not null,
  primary key (county, grain, metric, period, area, sector, level, state, month)
);
comment on table tally_sum is 'Coarser sums of tally and tally_day, kept by the same folding: grain says which dimensions are kept (the others are ''''), period is '''' for now or the calendar month in which the changes took effect.';

insert into tally_sum (county, grain, metric, period, area, sector, level, state, month, n)
select county, g.grain, metric, period, area, g.sector, level, state, g.month, sum(n)
from (
  select county, metric, '' as period, area, sector, level, state, month, n from tally
  union all
  select county, metric, to_char(day, 'YYYY-MM'), area, sector, level, state, month, n from tally_day
) cells
cross join lateral (values ('kind', cells.sector, ''), ('time', '', cells.month)) g (grain, sector, month)
group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
