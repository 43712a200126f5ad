import { Alert, Input, Radio, Tag, Typography } from 'antd'
import { type ReactNode, useState } from 'react'
import { type CriterionView, searchCriteria, suggestCriteria } from '#capabilities/criteria/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import type { CriterionControlProps } from './forms/controls.ts'

/** Chooses the criterion a hazard is judged by: the likeliest first with their reason, and a search over the rest. */
export function CriterionPicker({ value, onChange, sector, description, on }: CriterionControlProps): ReactNode {
  const [text, setText] = useState('')
  const typed = useSettled(description)
  const searched = useSettled(text)
  const input = { description: typed, sector: sector ?? 'none', ...(on ? { on } : {}) }
  const suggested = useAsk(suggestCriteria, input, { enabled: Boolean(sector), keepPrevious: true })
  const search = { text: searched, sector, ...(on ? { on } : {}), size: 30 }
  const found = useAsk(searchCriteria, search, { enabled: Boolean(sector) && searched !== '', keepPrevious: true })
  if (!sector) return <Typography.Text type="secondary">先选择单位或行业领域</Typography.Text>
  const rows: readonly (CriterionView & { reason?: string })[] =
    searched !== '' ? (found.data?.rows ?? []) : (suggested.data?.rows ?? [])
  return (
    <div>
      {suggested.data && !suggested.data.hasItems && (
        <Alert
          type="info"
          style={{ marginBottom: 8 }}
          title="本行业领域没有收录条目化的判定标准：可引用特种设备、消防等通用标准，或在判定理由中写明认定依据"
        />
      )}
      <Input.Search
        placeholder="按文字检索判定标准"
        aria-label="检索判定标准"
        allowClear
        onChange={(event) => setText(event.target.value.trim())}
        style={{ marginBottom: 8 }}
      />
      {rows.length === 0 && (
        <Typography.Text type="secondary">
          {searched ? '没有检索到条目，请换个说法' : '填写隐患内容后，这里列出最可能符合的条目；也可以直接检索'}
        </Typography.Text>
      )}
      <Radio.Group
        value={value ?? undefined}
        onChange={(event) => onChange(String(event.target.value))}
        style={{ width: '100%' }}
      >
        {rows.map((row) => (
          <CriterionChoice key={row.id} row={row} />
        ))}
      </Radio.Group>
    </div>
  )
}

function CriterionChoice({ row }: { row: CriterionView & { reason?: string } }): ReactNode {
  return (
    <Radio value={row.id} className="zb-choice">
      <div>
        {row.text} {row.catchAll && <Tag>兜底条款</Tag>}
        {row.confidence !== 'high' && <Tag>未核实</Tag>}
        <div style={{ fontSize: 12 }}>
          《{row.standardTitle}》{row.group ?? ''} {row.no}
          {row.reason && `　${row.reason}`}
        </div>
      </div>
    </Radio>
  )
}
