import { Card } from 'antd'
import { type ReactNode, useState } from 'react'
import { mintId } from '#shell/api/client.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { endExemption, exemptDuty, exemptionStates, type ItemView } from '../model/index.ts'

const reason = (label: string): FieldSpec => ({ kind: 'area', name: 'reason', label, max: 500, required: true })

export function ExemptButton({ item }: { item: ItemView }): ReactNode {
  const [recordId] = useState(mintId)
  return (
    <ActionButton
      contract={exemptDuty}
      recordId={recordId}
      about={item.id}
      subject={`${item.subjectName} ${item.title}`}
      initial={{ from: item.startOn, to: item.endOn }}
      fixed={{ itemId: item.id }}
      fields={[
        { kind: 'day', name: 'from', label: '豁免自', required: true },
        { kind: 'day', name: 'to', label: '豁免至', required: true, help: '与这段时间重叠的周期都豁免' },
        reason('豁免的理由'),
      ]}
    />
  )
}

/** Exemptions that touch this turn, those that have ended too: who said so, when and why. */
export function Exemptions({ item }: { item: ItemView }): ReactNode {
  if (item.exemptions.length === 0) return null
  return (
    <Card size="small" title="豁免" style={{ marginBottom: 12 }}>
      <ul className="zb-plain">
        {item.exemptions.map((one) => (
          <li key={one.id}>
            {one.from}至{one.to}　{exemptionStates[one.state].label}
            <div className="zb-line">
              {one.on} {one.by}：{one.reason}
              {one.ended && `；撤销 ${one.ended}`}
            </div>
            {item.mayExempt && one.state === 'inForce' && (
              <ActionButton
                contract={endExemption}
                recordId={one.id}
                version={one.version}
                fields={[reason('撤销的理由')]}
              />
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
