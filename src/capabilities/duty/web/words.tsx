import {
  CheckCircleOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  FieldTimeOutlined,
  HourglassOutlined,
  MinusCircleOutlined,
  PieChartOutlined,
} from '@ant-design/icons'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { colours } from '#shell/theme/tokens.ts'
import { type ItemState, itemStates } from '../model/index.ts'

/** Each state its own shape: a colour would read as a level of risk, and a print has none. */
export const stateIcons: Record<ItemState, ReactNode> = {
  notDue: <ClockCircleOutlined aria-hidden />,
  dueSoon: <FieldTimeOutlined aria-hidden />,
  unverified: <HourglassOutlined aria-hidden />,
  met: <CheckCircleOutlined aria-hidden />,
  metLate: <CheckOutlined aria-hidden />,
  short: <PieChartOutlined aria-hidden />,
  missed: <ExclamationCircleOutlined aria-hidden />,
  exempt: <MinusCircleOutlined aria-hidden />,
}

export const isOverdue = (state: ItemState): boolean => state === 'missed' || state === 'short'

export function ItemStateTag({ state }: { state: ItemState }): ReactNode {
  return (
    <Tag
      icon={stateIcons[state]}
      style={{
        color: colours.text,
        background: colours.neutralGround,
        borderColor: colours.border,
        margin: 0,
        fontWeight: isOverdue(state) ? 700 : 400,
      }}
    >
      {itemStates[state].label}
    </Tag>
  )
}
