import { ExclamationCircleOutlined, StopOutlined } from '@ant-design/icons'
import { Tag, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { Day } from '#kernel/time.ts'
import { formatDay } from '#shell/text/format.ts'
import { colours } from '#shell/theme/tokens.ts'
import type { StandardView } from '../model/index.ts'
import { piecesOf } from './highlight.ts'

export const confidenceWords: Readonly<Record<string, string>> = { high: '高', medium: '中', low: '低' }

const quiet = { color: colours.text, background: colours.neutralGround, borderColor: colours.border, margin: 0 }

/** Said wherever the source of a wording is not sure, so that nobody cites it as the law. */
export function UnverifiedTag({ note }: { note: string | null }): ReactNode {
  return (
    <Tooltip title={note ?? '条文来源尚未核实，作出判定前请查阅原文'}>
      <Tag icon={<ExclamationCircleOutlined aria-hidden />} style={{ ...quiet, borderStyle: 'dashed' }} tabIndex={0}>
        未核实
      </Tag>
    </Tooltip>
  )
}

/** Whether a standard holds on the day asked about, and if not, on which side of its time that day lies. */
export function ForceTag({ standard, on }: { standard: StandardView; on: Day }): ReactNode {
  if (standard.withdrawn !== null) return <Tag style={quiet}>已撤回</Tag>
  if (standard.inForce) return <Tag style={quiet}>现行有效</Tag>
  return (
    <Tag icon={<StopOutlined aria-hidden />} style={quiet}>
      {on < standard.effectiveFrom ? '尚未施行' : standard.supersededBy.length > 0 ? '已被替代' : '不再适用'}
    </Tag>
  )
}

/** The sectors a standard is for, with a word when it also holds for all others. */
export function sectorWords(standard: StandardView, names: ReadonlyMap<string, string>): string {
  const own = standard.sectors.map((id) => names.get(id) ?? id).join('、')
  return standard.crossCutting ? `${own}（各行业通用）` : own
}

/** 2023-05-15 起, or 2017-11-13 至 2026-09-29. */
export function forceDays(standard: StandardView): string {
  if (!standard.supersededOn) return `${formatDay(standard.effectiveFrom)} 起施行`
  return `${formatDay(standard.effectiveFrom)} 起施行，${formatDay(standard.supersededOn)} 起不再适用`
}

/** A text with what was searched for underlined and in bold, not by colour alone. */
export function Highlighted({ text, searched }: { text: string; searched: string }): ReactNode {
  let at = 0
  return (
    <>
      {piecesOf(text, searched).map((piece) => {
        const key = at
        at += piece.text.length
        if (!piece.hit) return <span key={key}>{piece.text}</span>
        return (
          <mark
            key={key}
            style={{
              background: colours.neutralGround,
              color: 'inherit',
              fontWeight: 700,
              textDecoration: 'underline',
            }}
          >
            {piece.text}
          </mark>
        )
      })}
    </>
  )
}
