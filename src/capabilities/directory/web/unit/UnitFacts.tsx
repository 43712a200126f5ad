import { Card, Descriptions, Typography } from 'antd'
import type { ReactNode } from 'react'
import { positionWords } from '#shell/form/use-position.ts'
import { formatDay, none } from '#shell/text/format.ts'
import { belongings, type Position, scales, type UnitView, unitKinds } from '../../model/index.ts'

const item = (label: string, children: ReactNode) => ({ key: label, label, children })

/** 基本情况: what is known of a unit. */
export function UnitFacts({ unit }: { unit: UnitView }): ReactNode {
  const contacts = unit.contacts.map((contact) => `${contact.name} ${contact.phone}`).join('；')
  const items = [
    item('统一社会信用代码', unit.creditCode ?? none),
    item('类别', unitKinds[unit.kind]),
    item('区域', unit.areaName),
    item('行业领域', unit.sectorNames.join('、')),
    item('规模', scales[unit.scale]),
    item('隶属', belongings[unit.belonging]),
    item('地址', unit.address || none),
    item('位置', unit.position ? <Place position={unit.position} /> : none),
    item('联系人', contacts || none),
    item('登记日期', formatDay(unit.registeredOn)),
    ...(unit.stateReason ? [item('状态说明', unit.stateReason)] : []),
  ]
  return (
    <Card size="small" title="基本情况" style={{ marginBottom: 12 }}>
      <Descriptions column={{ xs: 1, sm: 2, lg: 3 }} items={items} />
    </Card>
  )
}

/** Copied as map sites take it: longitude, comma, latitude. */
function Place({ position }: { position: Position }): ReactNode {
  const text = `${position.lng},${position.lat}`
  return (
    <Typography.Text copyable={{ text, tooltips: ['复制经纬度', '已复制'] }}>
      {positionWords(position)}（WGS-84）
    </Typography.Text>
  )
}
