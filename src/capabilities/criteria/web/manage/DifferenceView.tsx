import { Card, Collapse, Tag } from 'antd'
import type { ReactNode } from 'react'
import type { StandardPreview } from '../../model/index.ts'

type Difference = StandardPreview['difference']
type Item = Difference['added'][number]

/** What a new edition adds, words otherwise and drops; without an edition before, all of it is new. */
export function DifferenceView({
  difference: { added, changed, dropped, same },
  compared,
}: {
  difference: Difference
  compared: boolean
}): ReactNode {
  const parts = [
    { key: 'added', label: `新增 ${added.length} 条`, children: <Items items={added} />, n: added.length },
    { key: 'changed', label: `修改 ${changed.length} 条`, children: <Changes changed={changed} />, n: changed.length },
    { key: 'dropped', label: `删去 ${dropped.length} 条`, children: <Items items={dropped} />, n: dropped.length },
  ]
  const shown = parts.filter(({ n }) => n > 0)
  return (
    <Card size="small" title={compared ? '与被替代标准的差别' : '将录入的条文'} style={{ marginBottom: 12 }}>
      {compared && (
        <p role="status" style={{ marginTop: 0 }}>
          {parts.map(({ label }) => label).join('，')}，不变 {same} 条。
        </p>
      )}
      <Collapse
        size="small"
        // A whole standard listed twice (all added, all dropped) would bury the form below it.
        defaultActiveKey={shown.filter(({ n }) => n <= 30).map(({ key }) => key)}
        items={shown.map(({ key, label, children }) => ({ key, label, children }))}
      />
    </Card>
  )
}

function Items({ items }: { items: readonly Item[] }): ReactNode {
  return (
    <ul className="zb-plain">
      {items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and two items may be alike.
        <li key={at}>
          <ItemWords item={item} />
        </li>
      ))}
    </ul>
  )
}

function Changes({ changed }: { changed: Difference['changed'] }): ReactNode {
  return (
    <ul className="zb-plain">
      {changed.map(({ before, after }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and two items may be alike.
        <li key={at}>
          <div className="zb-line">
            <span>
              原：
              <ItemWords item={before} />
            </span>
          </div>
          <div>
            改为：
            <ItemWords item={after} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function ItemWords({ item: { group, no, text, catchAll } }: { item: Item }): ReactNode {
  return (
    <>
      <strong>{no}</strong> {group && `${group}：`}
      {text} {catchAll && <Tag>兜底条款</Tag>}
    </>
  )
}
