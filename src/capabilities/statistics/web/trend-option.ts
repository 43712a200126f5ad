import type { EChartsCoreOption } from 'echarts/core'
import type { z } from 'zod'
import { colours } from '#shell/theme/tokens.ts'
import type { flow } from '../model/index.ts'

export type FlowMonth = z.output<typeof flow.output>['months'][number]
export type FlowKey = Exclude<keyof FlowMonth, 'month' | 'until'>

/** In the order in which a month adds up: opening, what came, what went, closing. */
export const flowNames: Readonly<Record<FlowKey, string>> = {
  opening: '期初',
  entered: '＋新增',
  reopened: '＋重新打开',
  restored: '＋恢复',
  adjustedIn: '＋改判调入',
  adjustedOut: '－改判调出',
  closed: '－销号',
  removed: '－移除',
  standing: '＝期末未销号',
  stock: '其中存量',
}
export const flowKeys = Object.keys(flowNames) as FlowKey[]

const lineNames = { entered: '当月新增', closed: '当月销号', standing: '月末未销号', stock: '月末存量' } as const

const base = (months: readonly FlowMonth[]): EChartsCoreOption => ({
  // Patterns beside colours: the chart must be readable in black and white and by the colour-blind.
  aria: { enabled: true, decal: { show: true } },
  color: [colours.primary, '#8a93a0', colours.warning],
  grid: { left: 44, right: 16, top: 36, bottom: 28 },
  tooltip: { trigger: 'axis' },
  legend: { top: 0, left: 0 },
  xAxis: { type: 'category', data: months.map(({ month }) => month) },
  yAxis: { type: 'value', minInterval: 1 },
})

/** What came in and what went out each month, and what was left at its end. */
export function flowOption(months: readonly FlowMonth[]): EChartsCoreOption {
  const data = (key: FlowKey) => months.map((month) => month[key].n)
  return {
    ...base(months),
    series: [
      { id: 'entered', type: 'bar', name: lineNames.entered, data: data('entered'), barMaxWidth: 18 },
      { id: 'closed', type: 'bar', name: lineNames.closed, data: data('closed'), barMaxWidth: 18 },
      { id: 'standing', type: 'line', name: lineNames.standing, data: data('standing'), symbolSize: 8 },
    ],
  }
}

/** How much of the stock is left at the end of each month. */
export function stockOption(months: readonly FlowMonth[]): EChartsCoreOption {
  const data = months.map((month) => month.stock.n)
  return {
    ...base(months),
    legend: { show: false },
    series: [
      {
        id: 'stock',
        type: 'line',
        name: lineNames.stock,
        data,
        symbolSize: 8,
        areaStyle: { color: 'rgba(11, 98, 92, 0.12)' },
      },
    ],
  }
}
