import { Alert, Input, Radio, Tag, Typography } from 'antd'
import type { ReactNode } from 'react'
import type { CriterionControlProps } from './forms/controls.ts'
import { useCriterion } from './forms/use-criterion.ts'

/** Chooses the criterion a hazard is judged by: the likeliest first with their reason, and a search over the rest. */
export function CriterionPicker(props: CriterionControlProps): ReactNode {
  const { options, empty, bare, search, choose } = useCriterion(props)
  if (!props.sector) return <Typography.Text type="secondary">先选择单位或行业领域</Typography.Text>
  return (
    <div>
      {bare && (
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
        onChange={(event) => search(event.target.value)}
        style={{ marginBottom: 8 }}
      />
      <Radio.Group
        value={props.value ?? undefined}
        onChange={(event) => choose(String(event.target.value))}
        style={{ width: '100%' }}
      >
        {options.map(({ id, text, marks, where }) => (
          <Radio key={id} value={id} className="zb-choice">
            <div>
              {text}{' '}
              {marks.map((mark) => (
                <Tag key={mark}>{mark}</Tag>
              ))}
              <div style={{ fontSize: 12 }}>{where}</div>
            </div>
          </Radio>
        ))}
      </Radio.Group>
      {empty && <Typography.Text type="secondary">{empty}</Typography.Text>}
    </div>
  )
}
