import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
  WarningOutlined,
} from '@ant-design/icons'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { type BatchProgress, type BatchYear, type YearStatus, yearStatuses } from '../../model/index.ts'

const icons: Record<YearStatus, ReactNode> = {
  met: <CheckCircleOutlined aria-hidden />,
  late: <ExclamationCircleOutlined aria-hidden />,
  pending: <ClockCircleOutlined aria-hidden />,
  unmet: <WarningOutlined aria-hidden />,
  none: <MinusCircleOutlined aria-hidden />,
}

/** How a year stands, in words with an icon; lateness is told by weight and days, not by a risk colour. */
export function YearTag({ year }: { year: BatchYear }): ReactNode {
  const { status, daysLate } = year
  const late = status === 'late' || status === 'unmet'
  return (
    <Tag icon={icons[status]} style={{ margin: 0, fontWeight: late ? 700 : 400 }}>
      {yearStatuses[status]}
      {late && `（晚${daysLate}天）`}
    </Tag>
  )
}

/** A batch in one line: how many of how many have come how far. */
export function progressWords({ chosen, ordered, publicised, closed, delisted, overdue }: BatchProgress): string {
  const parts = [`${chosen}条`, `已下达${ordered}`, `已公示${publicised}`, `已整改销号${closed}`, `已销案${delisted}`]
  return [...parts, ...(overdue > 0 ? [`整改超期${overdue}`] : [])].join('，')
}
