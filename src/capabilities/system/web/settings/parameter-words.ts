import { formatNumber, formatPercent, formatSize } from '#shell/text/format.ts'
import type { ParameterRow, ParameterValue } from '../../model/index.ts'
import { parameterRule, rhythmWords } from '../../model/index.ts'

export const confidenceWords = { high: '有明确依据', medium: '参照相近规定', low: '建议值，待确认' } as const

/** A value as people say it: 7、3、1 个工作日, 10%, 20.0 MB. */
export function valueWords(row: Pick<ParameterRow, 'id' | 'unit'>, value: ParameterValue): string {
  if (Array.isArray(value)) return `${value.join('、')} ${row.unit ?? ''}`.trim()
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value !== 'number') return parameterRule(row.id)?.kind === 'rhythm' ? rhythmOf(value) : value
  if (row.unit === '字节') return formatSize(value)
  if (parameterRule(row.id)?.kind === 'share') return formatPercent(value)
  return `${formatNumber(value)} ${row.unit ?? ''}`.trim()
}

const rhythmOf = (value: string): string => Object.entries(rhythmWords).find(([key]) => key === value)?.[1] ?? value

/** What may be filled in, in words below the field. */
export function rangeWords(id: string): string {
  const rule = parameterRule(id)
  switch (rule?.kind) {
    case 'count':
      return `${formatNumber(rule.min)} 至 ${formatNumber(rule.max)} 之间的整数`
    case 'share':
      return `${rule.min} 至 ${rule.max} 之间的小数，如 0.1 即 10%`
    case 'counts':
      return `最多${rule.most}个整数，每个在 ${rule.min} 至 ${rule.max} 之间；逐个输入后回车`
    case 'monthEnd':
      return '某个月的最后一天'
    case 'monthDay':
      return '月和日，如 06-30、12-31'
    case 'rhythm':
      return Object.entries(rhythmWords)
        .map(([key, words]) => `${key}（${words}）`)
        .join('、')
    case 'bounds':
      return '依次填写西、南、东、北四个数（度），用顿号隔开'
    default:
      return ''
  }
}
