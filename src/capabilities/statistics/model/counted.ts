import { type CountedBy, type HazardFilter, standingStates, statesOf } from '#capabilities/hazard/model/index.ts'
import { addDays, type Day, monthOf } from '#kernel/time.ts'

/** What the statistics keep apart, or choose their metric by. */
const known = ['area', 'sector', 'level', 'channel', 'states', 'stateType', 'overdue', 'listed', 'foundMonth', 'stock']

/**
 * The statistics are exact at every commit, so they can say how many hazards a list has without a million rows being
 * looked at. Undefined when the filter asks for something they do not know.
 */
export function countedBy(filter: HazardFilter, stockUntil: Day): CountedBy | undefined {
  const { scopeOnly: _, ...limits } = filter
  const beyond = Object.entries(limits).some(([name, value]) => value !== undefined && !known.includes(name))
  // Villages are counted under their town, months are found whole, and one metric answers at a time.
  if (beyond || (filter.area && filter.area.length > 9) || (filter.overdue && filter.listed)) return undefined
  if (filter.overdue === false || filter.listed === false || filter.stock === false) return undefined
  if (filter.stock && (filter.foundMonth || monthOf(addDays(stockUntil, 1)) === monthOf(stockUntil))) return undefined
  const states = statesOf(filter)
  const overdueStates = (states ?? standingStates).filter((state) => standingStates.includes(state))
  const where = {
    sector: filter.sector ? [filter.sector] : undefined,
    level: filter.level ? [filter.level] : undefined,
    channel: filter.channel ? [filter.channel] : undefined,
    month: filter.foundMonth ? [filter.foundMonth] : undefined,
    state: filter.overdue ? overdueStates : states,
  }
  return {
    metric: filter.overdue ? 'overdue' : filter.listed ? 'listed' : 'hazard',
    where: Object.fromEntries(Object.entries(where).filter(([, values]) => values)),
    ...(filter.area ? { areaPrefix: filter.area } : {}),
    ...(filter.stock ? { monthTo: monthOf(stockUntil) } : {}),
  }
}
