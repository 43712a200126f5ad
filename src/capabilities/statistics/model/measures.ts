import {
  closeKinds,
  type HazardFilter,
  type HazardState,
  hazardStateIds,
  hazardStates,
  standingStates,
} from '#capabilities/hazard/model/index.ts'

/** Which cells of the tally are summed. */
export interface Cells {
  readonly metric: string
  readonly states?: readonly HazardState[]
}

/** What can be counted. Each measure names its tally cells and the list that holds exactly the same records. */
export interface Measure extends Cells {
  readonly title: string
  /** How it is counted, in words for the person reading the table. */
  readonly meaning: string
  readonly filter: HazardFilter
  /** Which month the month dimension means, and the filter that asks for it. */
  readonly month: 'foundMonth' | 'closedMonth'
  /** The list behind it: hazards, or the findings they came from. */
  readonly list: 'hazards' | 'reports'
  /** What the state dimension means; null when the measure does not know states. */
  readonly state: 'state' | 'closeKind' | null
  /** Counts hazards of this level only. */
  readonly level?: 'major'
  /** Only what was found up to the end of the stock period. */
  readonly stock?: true
  /** The number shown is a share (of these cells) or a mean; the list is that of the counted records. */
  readonly share?: Cells
  readonly mean?: 'sinceFound' | 'toClosing'
}

const valid = hazardStateIds.filter((id) => hazardStates[id].type !== 'void')
const removed = hazardStateIds.filter((id) => hazardStates[id].type === 'void')
const ofHazards = { month: 'foundMonth', list: 'hazards', state: 'state' } as const
const standing = { ...ofHazards, metric: 'hazard', states: standingStates } as const
const closed = { ...ofHazards, metric: 'closed', month: 'closedMonth', state: 'closeKind' } as const

export const measures = {
  standing: {
    ...standing,
    title: '未销号',
    meaning: '已发现、尚未销号也未移除的隐患',
    filter: { stateType: 'standing' },
  },
  stock: {
    ...standing,
    title: '存量未销号',
    meaning: '存量截止日及以前发现、尚未销号的隐患',
    filter: { stateType: 'standing', stock: true },
    stock: true,
  },
  found: {
    ...ofHazards,
    title: '累计发现',
    meaning: '已发现的隐患，不含核实不成立、已合并、已移送、已作废的',
    metric: 'hazard',
    states: valid,
    filter: { states: [...valid] },
  },
  reports: {
    ...ofHazards,
    title: '发现次数',
    meaning: '各渠道报来的发现记录。几次发现同一隐患的，合并为一条隐患，发现次数不因合并而改变',
    metric: 'report',
    filter: {},
    list: 'reports',
    state: null,
  },
  closed: { ...closed, title: '已销号', meaning: '已销号的隐患', filter: { stateType: 'closed' } },
  overdue: {
    ...ofHazards,
    title: '逾期未销号',
    meaning: '超过整改时限仍未销号的隐患，自时限次日起算；台账导入的，按台账所载时限追溯',
    metric: 'overdue',
    filter: { overdue: true },
  },
  majorOverdue: {
    ...ofHazards,
    title: '重大隐患逾期（动态清零）',
    meaning: '超过整改时限仍未销号的重大事故隐患；为0即动态清零',
    metric: 'overdue',
    filter: { overdue: true, level: 'major' },
    level: 'major',
  },
  listed: {
    ...standing,
    title: '挂牌督办中',
    meaning: '正在挂牌督办、尚未销号的隐患',
    metric: 'listed',
    filter: { listed: true, stateType: 'standing' },
  },
  reopened: {
    ...ofHazards,
    title: '曾重新打开',
    meaning: '销号后又重新打开过的隐患',
    metric: 'reopened',
    filter: { reopened: true },
    state: null,
  },
  removed: {
    ...ofHazards,
    title: '其他移除',
    meaning: '核实不成立、合并、移送、作废的隐患，与销号分开统计',
    metric: 'hazard',
    states: removed,
    filter: { stateType: 'void' },
  },
  closureRate: {
    ...ofHazards,
    title: '销号率',
    meaning: '已销号数占累计发现数的比例；点开为已销号的隐患',
    metric: 'hazard',
    states: ['closed'],
    filter: { states: ['closed'] },
    state: null,
    share: { metric: 'hazard', states: valid },
  },
  overdueRate: {
    ...ofHazards,
    title: '逾期率',
    meaning: '逾期未销号数占未销号数的比例；点开为逾期未销号的隐患',
    metric: 'overdue',
    filter: { overdue: true },
    state: null,
    share: { metric: 'hazard', states: standingStates },
  },
  reopenRate: {
    ...ofHazards,
    title: '重开率',
    meaning: '曾重新打开的隐患占曾销号的隐患的比例；点开为曾重新打开的隐患',
    metric: 'reopened',
    filter: { reopened: true },
    state: null,
    share: { metric: 'everClosed' },
  },
  meanDaysOpen: {
    ...standing,
    title: '平均未销号天数',
    meaning: '未销号隐患从发现到统计之日的平均天数；点开为未销号的隐患',
    filter: { stateType: 'standing' },
    mean: 'sinceFound',
  },
  meanDaysToClose: {
    ...closed,
    title: '平均销号天数',
    meaning: '已销号隐患从发现到销号的平均天数；点开为已销号的隐患',
    filter: { stateType: 'closed' },
    mean: 'toClosing',
  },
} as const satisfies Record<string, Measure>

export type MeasureId = keyof typeof measures
export const measureIds = Object.keys(measures) as MeasureId[]
export const measureOf = (id: MeasureId): Measure => measures[id]

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

/** A dimension the measure does not know would put everything under one nameless heading. */
export function dimensionsOf(measure: Measure): Dimension[] {
  return dimensionIds.filter(
    (id) =>
      !(id === 'state' && measure.state === null) && !(id === 'level' && (measure.list === 'reports' || measure.level)),
  )
}

/** Why these limits cannot be put to the measure, or undefined. */
export function misfit(measure: Measure, level: 'major' | 'general' | undefined): string | undefined {
  if (level && measure.list === 'reports') return '发现次数不分隐患等级，请清除“隐患等级”条件'
  if (level && measure.level && level !== measure.level) return `“${measure.title}”只统计重大隐患，请改选重大或全部等级`
  return undefined
}

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
      if (measure.state === 'closeKind') {
        const kind = (Object.keys(closeKinds) as (keyof typeof closeKinds)[]).find((id) => id === key)
        return kind ? { ...filter, closeKind: kind } : filter
      }
      const state = hazardStateIds.find((id) => id === key)
      return state ? { ...filter, states: [state] } : filter
    }
    case 'month':
      return { ...filter, [measure.month]: key }
  }
}
