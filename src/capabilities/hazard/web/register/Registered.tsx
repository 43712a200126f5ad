import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Result } from 'antd'
import type { ReactNode } from 'react'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { useCan } from '#shell/session/session.tsx'
import { fixAtOnce } from '../../model/index.ts'
import { fixAtOnceFields } from '../forms/rectifying.ts'

export interface Done {
  readonly recordId: string
  readonly version: number
  readonly number: string
  /** Why it went to the committee office instead of a department; null when it has a lead. */
  readonly routeReason: string | null
  readonly major: boolean
}

/** After registering: its number, where it went, and 立查立改 for what was put right on the spot. */
export function Registered({ done, onAgain }: { done: Done; onAgain(): void }): ReactNode {
  const navigate = useNavigate()
  const mayFix = useCan('hazard.fixAtOnce') && !done.major
  const words = [
    ...(done.routeReason ? [`由县安委办接收：${done.routeReason}`] : []),
    ...(mayFix ? ['当场已经改好的，点“立查立改”上传整改后的照片即可销号'] : []),
  ]
  return (
    <Result
      status="success"
      title={`已登记，编号 ${done.number}`}
      subTitle={words.map((word) => <div key={word}>{word}</div>)}
      extra={[
        mayFix && (
          <ActionButton
            key="fix"
            contract={fixAtOnce}
            recordId={done.recordId}
            version={done.version}
            fields={fixAtOnceFields}
            primary
            onDone={() => void navigate({ to: `/hazards/${done.recordId}` as string })}
          />
        ),
        <Link key="see" to={`/hazards/${done.recordId}` as string}>
          <Button>查看这条隐患</Button>
        </Link>,
        <Button key="again" onClick={onAgain}>
          继续登记
        </Button>,
      ]}
    />
  )
}
