import { QuestionCircleOutlined } from '@ant-design/icons'
import { Button, Popover } from 'antd'
import type { ReactNode } from 'react'
import type { Day } from '#kernel/time.ts'
import { measureIds, measures } from '../model/index.ts'

/** How each number is counted; without it two offices read the same table differently. */
export function Definitions({ stockUntil }: { stockUntil: Day | undefined }): ReactNode {
  const terms: [string, string][] = measureIds.map((id) => [measures[id].title, measures[id].meaning])
  terms.push(
    ['存量', `${stockUntil ?? '存量截止日'}及以前发现、尚未销号的隐患`],
    [
      '每月增减',
      '期初＋新增＋重新打开＋恢复－销号－移除＝期末；限定等级时，重新判定调入、调出的另列。每条隐患每月按月初和月末所处状态各计一次',
    ],
  )
  const content = (
    <dl style={{ maxWidth: 'min(420px, 80vw)', maxHeight: '60vh', overflowY: 'auto', margin: 0 }}>
      {terms.map(([term, meaning]) => (
        <div key={term} style={{ marginBottom: 6 }}>
          <dt style={{ fontWeight: 600 }}>{term}</dt>
          <dd style={{ margin: 0 }}>{meaning}</dd>
        </div>
      ))}
    </dl>
  )
  return (
    <Popover trigger="click" title="指标口径" content={content} placement="bottomRight">
      <Button icon={<QuestionCircleOutlined />}>指标口径</Button>
    </Popover>
  )
}
