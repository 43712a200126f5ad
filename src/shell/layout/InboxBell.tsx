import { BellOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Badge, Button } from 'antd'
import type { ReactNode } from 'react'
import { colours } from '../theme/tokens.ts'

/** Opens the inbox; the number is what this account has not read yet. */
export function InboxBell({ unread }: { unread: number }): ReactNode {
  const words = unread === 0 ? '收件箱，没有未读' : `收件箱，${unread}条未读`
  return (
    <Link to="/inbox" aria-label={words}>
      <Badge count={unread} size="small" color={colours.warning} overflowCount={99} offset={[-3, 6]}>
        <Button type="text" icon={<BellOutlined />} tabIndex={-1} aria-hidden />
      </Badge>
    </Link>
  )
}
