import { Button, Input, Skeleton, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { listParameters, type ParameterRow } from '../../model/index.ts'
import { ChangeParameter, WithdrawChange } from './ChangeParameter.tsx'
import { confidenceWords, valueWords } from './parameter-words.ts'
import { SettingHistory } from './SettingHistory.tsx'

/** By what stands before the first dot of a parameter's id. */
const groups: readonly (readonly [string, string])[] = [
  ['hazard', '隐患'],
  ['listing', '挂牌督办'],
  ['directory', '名录'],
  ['ledgerimport', '台账导入'],
  ['import', '台账导入'],
  ['upload', '附件'],
  ['signIn', '登录和密码'],
  ['session', '登录和密码'],
  ['password', '登录和密码'],
]
const groupOf = ({ id }: ParameterRow) => groups.find(([start]) => id.startsWith(`${start}.`))?.[1] ?? '其他'

/** 参数: every number the county may change, where it comes from, how sure we are, and since when it holds. */
export default function ParametersPage(): ReactNode {
  const answer = useAsk(listParameters, {})
  const [text, setText] = useState('')
  const [unsure, setUnsure] = useState(false)
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const all = answer.data.rows
  const low = all.filter((row) => row.confidence === 'low').length
  const rows = all.filter(
    (row) =>
      (!unsure || row.confidence === 'low') && `${row.title}${row.source}${row.note ?? ''}`.includes(text.trim()),
  )
  const names = [...new Set([...groups.map(([, name]) => name), '其他'])]
  return (
    <>
      <PageHeader
        title="参数"
        words="方案和法规没有写明的数字由县里确定；修改从生效日起作用，过去的记录不受影响"
        printable
      />
      <search className="zb-filters">
        <Input
          value={text}
          allowClear
          aria-label="查找参数"
          placeholder="查找参数，如 锁定"
          style={{ width: 'min(320px, 100%)' }}
          onChange={(event) => setText(event.target.value)}
        />
        <Tag.CheckableTag checked={unsure} onChange={setUnsure}>
          只看待确认的（{low}）
        </Tag.CheckableTag>
      </search>
      {rows.length === 0 && <EmptyState why="没有符合条件的参数" next="请换一个词，或取消“只看待确认的”" />}
      {names.map((name) => (
        <Group key={name} name={name} rows={rows.filter((row) => groupOf(row) === name)} />
      ))}
    </>
  )
}

function Group({ name, rows }: { name: string; rows: readonly ParameterRow[] }): ReactNode {
  if (rows.length === 0) return null
  return (
    <section aria-label={name} style={{ marginBottom: 16 }}>
      <h2 style={{ fontSize: 16, margin: '0 0 8px' }}>{name}</h2>
      <ul className="zb-cards">
        {rows.map((row) => (
          <li key={row.id} className="zb-card">
            <Parameter row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Parameter({ row }: { row: ParameterRow }): ReactNode {
  const today = useToday()
  const manage = useCan('system.changeSettings')
  const [open, setOpen] = useState(false)
  const planned = row.history.filter((entry) => entry.effectiveFrom > today)
  return (
    <>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 16px', alignItems: 'baseline' }}>
        <strong style={{ flex: '1 1 260px' }}>{row.title}</strong>
        <span style={{ fontSize: 16 }}>
          <strong>{valueWords(row, row.value)}</strong>
        </span>
        <span className="zb-no-print">
          <Button type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
            记录
          </Button>{' '}
          {manage && <ChangeParameter row={row} />}
        </span>
      </div>
      <div className="zb-line">
        <ConfidenceTag row={row} />
        <span>自 {row.effectiveFrom} 起</span>
        <span style={{ flex: '1 1 300px' }}>
          依据：{row.source}
          {row.note && `（${row.note}）`}
        </span>
      </div>
      {planned.map((entry) => (
        <div key={entry.effectiveFrom} className="zb-line">
          <strong>
            {entry.effectiveFrom} 起改为 {valueWords(row, entry.value)}
          </strong>
          <span>{entry.source}</span>
          {manage && <WithdrawChange row={row} entry={entry} />}
        </div>
      ))}
      {open && <Past row={row} />}
    </>
  )
}

function ConfidenceTag({ row }: { row: ParameterRow }): ReactNode {
  const unsure = row.confidence === 'low'
  return (
    <Tag style={{ margin: 0, ...(unsure ? { borderStyle: 'dashed' } : {}) }}>{confidenceWords[row.confidence]}</Tag>
  )
}

function Past({ row }: { row: ParameterRow }): ReactNode {
  return (
    <>
      <ul className="zb-plain">
        {row.history.map((entry) => (
          <li key={entry.effectiveFrom}>
            自 {entry.effectiveFrom} 起：{valueWords(row, entry.value)}（{confidenceWords[entry.confidence]}；
            {entry.source}）
          </li>
        ))}
      </ul>
      <SettingHistory of={{ parameter: row.id }} />
    </>
  )
}
