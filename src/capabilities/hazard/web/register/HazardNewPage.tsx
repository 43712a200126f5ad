import { useNavigate } from '@tanstack/react-router'
import { Alert, App, Card } from 'antd'
import { type ReactNode, useState } from 'react'
import { getUnit, showRoute } from '#capabilities/directory/model/index.ts'
import { mintId } from '#shell/api/client.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import type { FieldSpec, FormValues } from '#shell/form/types.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useSession } from '#shell/session/session.tsx'
import { channels, reportHazard } from '../../model/index.ts'
import { judgingFields } from '../judging-fields.tsx'
import { useSectors, useTowns } from '../reference.ts'
import { SimilarHazards } from '../SimilarHazards.tsx'
import { UnitPicker } from './UnitPicker.tsx'

const textOf = (values: FormValues, name: string): string => {
  const value = values[name]
  return typeof value === 'string' ? value : ''
}

/** Whether this account speaks for a unit: what it sends is verified by officials before it is judged. */
function useOwnUnit(): string | null | undefined {
  const { grants } = useSession()
  const own = grants.filter((grant) => grant.role === 'unitPrincipal' || grant.role === 'unitWorker')
  return own.length === grants.length && own.length > 0 ? (own[0]?.unitId ?? null) : undefined
}

/** 登记隐患: what was found where, with the likeliest criteria and the likely twins shown while it is typed. */
export default function HazardNewPage(): ReactNode {
  const navigate = useNavigate()
  const { modal } = App.useApp()
  const { today } = useSession()
  const ownUnit = useOwnUnit()
  const [recordId] = useState(mintId)
  const initial = {
    foundOn: today,
    channel: ownUnit === undefined ? 'inspection' : 'selfCheck',
    unitId: ownUnit ?? null,
  }
  const [values, setValues] = useState<FormValues>(initial)
  const unitId = textOf(values, 'unitId') || null
  const unit = useAsk(getUnit, { id: unitId ?? '' }, { enabled: unitId !== null }).data
  const sector = textOf(values, 'sector') || (unit?.sectors.length === 1 ? unit.sectors[0] : undefined)
  const area = unit?.area ?? (textOf(values, 'area') || null)
  const fields = useFields({ byUnit: ownUnit !== undefined, sector, values, unitSectors: unit?.sectors })
  const description = textOf(values, 'description')
  return (
    <>
      <PageHeader title="登记隐患" />
      <Card style={{ maxWidth: 860 }}>
        <ActionForm
          contract={reportHazard}
          recordId={recordId}
          fields={fields}
          initial={initial}
          {...(sector && !textOf(values, 'sector') ? { fixed: { sector } } : {})}
          submitLabel={ownUnit === undefined ? '登记' : '上报'}
          doneText={(output) => `已登记，编号 ${output.number}`}
          onValues={setValues}
          onDone={(result) => {
            const { routeReason } = result.output
            if (routeReason) modal.info({ title: '已登记，由县安委办接收', content: routeReason })
            void navigate({ to: `/hazards/${recordId}` as string })
          }}
        >
          <SimilarHazards unitId={unitId} area={area} sector={sector} description={description} />
          {sector && area && <RouteHint sector={sector} area={area} />}
        </ActionForm>
      </Card>
    </>
  )
}

/** Where the matter will go, before it is sent. */
function RouteHint({ sector, area }: { sector: string; area: string }): ReactNode {
  const route = useAsk(showRoute, { sector, area }, { staleTime: 600_000 }).data
  if (!route) return null
  const town = route.townBodyName ? `，属地：${route.townBodyName}` : ''
  return (
    <Alert
      type={route.reason ? 'warning' : 'info'}
      style={{ marginBottom: 12 }}
      title={`登记后由 ${route.leadBodyName} 办理${town}`}
      {...(route.reason ? { description: route.reason } : {})}
    />
  )
}

interface FieldFacts {
  readonly byUnit: boolean
  readonly sector: string | undefined
  readonly values: FormValues
  readonly unitSectors: readonly string[] | undefined
}

function useFields({ byUnit, sector, values, unitSectors }: FieldFacts): FieldSpec[] {
  const sectors = useSectors()
  const towns = useTowns()
  const { today } = useSession()
  const noUnit = (now: FormValues) => !now.unitId
  const offered =
    unitSectors && unitSectors.length > 1 ? sectors.filter(({ value }) => unitSectors.includes(value)) : sectors
  const where: FieldSpec[] = byUnit
    ? []
    : [
        {
          kind: 'radio',
          name: 'channel',
          label: '发现渠道',
          required: true,
          options: Object.entries(channels).map(([value, label]) => ({ value, label })),
        },
        {
          kind: 'custom',
          name: 'unitId',
          label: '单位',
          help: '名录中没有的，留空并在下面填写场所名称和乡镇',
          render: ({ id, value, onChange }) => (
            <UnitPicker
              id={id}
              value={typeof value === 'string' ? value : null}
              onChange={(next) => onChange?.(next)}
            />
          ),
        },
        { kind: 'text', name: 'placeName', label: '场所名称', max: 80, visible: noUnit },
        { kind: 'select', name: 'area', label: '所在乡镇（开发区）', options: towns, visible: noUnit },
      ]
  const askSector = unitSectors === undefined || unitSectors.length !== 1
  return [
    ...where,
    ...(askSector
      ? [{ kind: 'select', name: 'sector', label: '行业领域', required: true, options: offered } as const]
      : []),
    { kind: 'area', name: 'description', label: '隐患内容', required: true, max: 2000, rows: 4 },
    { kind: 'text', name: 'location', label: '具体位置', max: 200 },
    { kind: 'day', name: 'foundOn', label: '发现日期', required: true, max: today },
    ...(byUnit
      ? []
      : judgingFields({
          sector,
          description: textOf(values, 'description'),
          foundOn: textOf(values, 'foundOn') || undefined,
        })),
    { kind: 'area', name: 'interim', label: '已采取的临时管控措施', max: 500 },
    { kind: 'text', name: 'source', label: '来源说明', max: 200, placeholder: '例如：专项检查、12350举报编号' },
    { kind: 'attachments', name: 'attachments', label: '现场照片', purposes: ['before', 'other'] },
  ]
}
