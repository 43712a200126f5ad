import { Link, useNavigate } from '@tanstack/react-router'
import { Alert, Card } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import type { FieldSpec, FormValues } from '#shell/form/types.ts'
import { useNewRecordId } from '#shell/form/use-draft.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { findSimilarUnits, registerUnit } from '../../model/index.ts'
import { usePlaces, useSectorOptions } from '../options.ts'
import { personFields, unitFields } from './unit-fields.ts'

/** 登记单位: near duplicates of the directory are shown while the name is typed. */
export default function UnitNewPage(): ReactNode {
  const navigate = useNavigate()
  const recordId = useNewRecordId(registerUnit)
  const [values, setValues] = useState<FormValues>({})
  const fields: FieldSpec[] = [
    ...unitFields({ places: usePlaces(), sectors: useSectorOptions() }),
    ...personFields('principal', '主要负责人'),
    ...personFields('controller', '实际控制人'),
    {
      kind: 'switch',
      name: 'confirmNew',
      label: '确认是新单位',
      help: '名录中有相近单位时，核对过不是同一家再打开',
    },
  ]
  return (
    <>
      <PageHeader title="登记单位" />
      <Card style={{ maxWidth: 820 }}>
        <ActionForm
          contract={registerUnit}
          recordId={recordId}
          fields={fields}
          initial={{ kind: 'unit', scale: 'small', belonging: 'county' }}
          onValues={setValues}
          onDone={() => void navigate({ to: `/units/${recordId}` as string })}
        >
          <Similar values={values} />
        </ActionForm>
      </Card>
    </>
  )
}

function Similar({ values }: { values: FormValues }): ReactNode {
  const name = typeof values.name === 'string' ? values.name.trim() : ''
  const [typed, setTyped] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setTyped(name), 400)
    return () => clearTimeout(timer)
  }, [name])
  const area = typeof values.area === 'string' ? values.area : null
  const found = useAsk(
    findSimilarUnits,
    { name: typed || '无名', area },
    { enabled: typed.length >= 2, keepPrevious: true },
  )
  const rows = typed.length >= 2 ? (found.data?.units ?? []) : []
  if (rows.length === 0) return null
  return (
    <Alert
      type="warning"
      style={{ marginBottom: 12 }}
      title="名录中有相近的单位，请先核对"
      description={
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {rows.map(({ unit, why }) => (
            <li key={unit.id}>
              <Link to={`/units/${unit.id}` as string} target="_blank">
                {unit.name}
              </Link>
              （{unit.areaName}，{why}）
            </li>
          ))}
        </ul>
      }
    />
  )
}
