import {
  type HazardFilter,
  type HazardState,
  hazardStateIds,
  hazardStates,
  standingStates,
} from '#capabilities/hazard/model/index.ts'

/** What can be counted. Each measure names its tally metric and the list that holds exactly the same hazards. */
export interface Measure {
  readonly title: string
  /** How it is counted, in words for the person reading the table. */
  readonly meaning: string
  readonly metric: string
  readonly states?: readonly HazardState[]
  readonly filter: HazardFilter
  /** Which month the month dimension means, and the filter that asks for it. */
  readonly month: 'foundMonth' | 'closedMonth'
  /** True when the records keep enough history to open the list as of a past day. */
  readonly historic: boolean
}

const valid = hazardStateIds.filter((id) => hazardStates[id].type !== 'void')
const removed = hazardStateIds.filter((id) => hazardStates[id].type === 'void')

export const measures = {
  standing: {
    title: '未销号',
    meaning: '已发现、尚未销号也未移除的隐患',
    metric: 'hazard',
    states: standingStates,
    filter: { stateType: 'standing' },
    month: 'foundMonth',
    historic: true,
  },
  found: {
    title: '累计发现',
    meaning: '已发现的隐患，不含核实不成立、已合并、已移送、已作废的',
    metric: 'hazard',
    states: valid,
    filter: { states: [...valid] },
    month: 'foundMonth',
    historic: true,
  },
  closed: {
    title: '已销号',
    meaning: '现为已销号状态的隐患',
    metric: 'closed',
    filter: { stateType: 'closed' },
    month: 'closedMonth',
    historic: false,
  },
  overdue: {
    title: '逾期未销号',
    meaning: '超过整改时限仍未销号的隐患',
    metric: 'overdue',
    filter: { overdue: true },
    month: 'foundMonth',
    historic: false,
  },
  listed: {
    title: '挂牌督办中',
    meaning: '正在挂牌督办、尚未销号的隐患',
    metric: 'listed',
    states: standingStates,
    filter: { listed: true, stateType: 'standing' },
    month: 'foundMonth',
    historic: false,
  },
  reopened: {
    title: '曾重新打开',
    meaning: '销号后又重新打开过的隐患',
    metric: 'reopened',
    filter: { reopened: true },
    month: 'foundMonth',
    historic: false,
  },
  removed: {
    title: '其他移除',
    meaning: '核实不成立、合并、移送、作废的隐患，与销号分开统计',
    metric: 'hazard',
    states: removed,
    filter: { stateType: 'void' },
    month: 'foundMonth',
    historic: true,
  },
} as const satisfies Record<string, Measure>

export type MeasureId = keyof typeof measures
export const measureIds = Object.keys(measures) as MeasureId[]

export const dimensions = {
  area: '乡镇（开发区）',
  sector: '行业领域',
  level: '隐患等级',
  channel: '发现渠道',
  state: '状态',
  month: '月份',
} as const
export type Dimension = keyof typeof dimensions
export const dimensionIds = Object.keys(dimensions) as Dimension[]

/** The list filter that narrows a measure to one value of a dimension. */
export function narrow(measure: Measure, filter: HazardFilter, dimension: Dimension, key: string): HazardFilter {
  switch (dimension) {
    case 'area':
      return { ...filter, area: key }
    case 'sector':
      return { ...filter, sector: key }
    case 'level':
      return key === 'major' || key === 'general' ? { ...filter, level: key } : filter
    case 'channel':
      return key === 'selfCheck' || key === 'inspection' || key === 'publicReport'
        ? { ...filter, channel: key }
        : filter
    case 'state': {
      const state = hazardStateIds.find((id) => id === key)
      return state ? { ...filter, states: [state] } : filter
    }
    case 'month':
      return { ...filter, [measure.month]: key }
  }
}
