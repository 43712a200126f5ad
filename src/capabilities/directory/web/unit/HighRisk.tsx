import { Card, Space, Tag } from 'antd'
import type { ReactNode } from 'react'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { setHighRisk, type UnitView } from '../../model/index.ts'

const words = (highRisk: boolean) => (highRisk ? '高危' : '非高危')
const why = (label: string): FieldSpec[] => [{ kind: 'area', name: 'reason', label, required: true, max: 300 }]

/** 高危认定: what the sectors say and why, and the county's own decision with its reason where it differs. */
export function HighRisk({ unit }: { unit: UnitView }): ReactNode {
  const { highRiskBySector: bySector, highRiskOverride: override, highRiskSectors: grounds } = unit
  const may = unit.allowedActions.some(({ action, blocked }) => action === setHighRisk.id && blocked === undefined)
  const target = { contract: setHighRisk, recordId: unit.id, version: unit.version }
  return (
    <Card
      size="small"
      title="高危认定"
      style={{ marginBottom: 12 }}
      extra={
        may && (
          <Space>
            {override ? (
              <ActionButton
                {...target}
                label="恢复按行业"
                submitLabel={`恢复按行业（${words(bySector)}）`}
                fixed={{ value: null }}
                fields={why('恢复的理由')}
              />
            ) : (
              <ActionButton
                {...target}
                label={`人工认定为${words(!bySector)}`}
                fixed={{ value: !bySector }}
                fields={why('认定的理由')}
              />
            )}
          </Space>
        )
      }
    >
      <ul className="zb-plain">
        <li>
          <strong>现在：{words(unit.highRisk)}</strong> <Tag>{override ? '人工认定' : '按行业'}</Tag>
        </li>
        <li>
          按行业：{words(bySector)}
          {grounds.length === 0 && '，所属行业领域都没有列为高危'}
          {grounds.map(({ name, basis }) => (
            <div key={name} className="zb-line">
              {name}
              {basis && `：${basis}`}
            </div>
          ))}
        </li>
        {override && (
          <li>
            人工认定：{words(override.value)}，理由：{override.reason}
            <div className="zb-line">
              {override.on} {override.by}
            </div>
          </li>
        )}
      </ul>
    </Card>
  )
}
