import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Card } from 'antd'
import type { ReactNode } from 'react'
import { listingLevels } from '#capabilities/hazard/model/index.ts'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { useNewRecordId } from '#shell/form/use-draft.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import type { Search } from '#shell/table/types.ts'
import { proposeListing } from '../model/index.ts'
import { HazardPicker } from './HazardPicker.tsx'

const { none: _, ...levels } = listingLevels

const fields: readonly FieldSpec[] = [
  {
    kind: 'custom',
    name: 'hazardId',
    label: '重大事故隐患',
    required: true,
    help: '只列出您管辖范围内尚未销号、未挂牌的重大事故隐患',
    render: (control) => <HazardPicker {...control} />,
  },
  {
    kind: 'radio',
    name: 'level',
    label: '挂牌级别',
    required: true,
    options: Object.entries(levels).map(([value, label]) => ({ value, label })),
  },
  { kind: 'area', name: 'reason', label: '提请的理由', max: 500, required: true },
  {
    kind: 'text',
    name: 'document',
    label: '上级文件的文号',
    max: 80,
    required: true,
    help: '市级、省级挂牌督办须填写',
    visible: (values) => values.level === 'city' || values.level === 'province',
  },
]

/** Proposes a listing; with `hazardId` in the address the hazard is chosen already. */
export default function ProposePage(): ReactNode {
  const navigate = useNavigate()
  const { hazardId } = useSearch({ strict: false }) as Search
  const recordId = useNewRecordId(proposeListing)
  return (
    <>
      <PageHeader title="提请挂牌督办" words={<Link to="/listings">挂牌督办</Link>} />
      <Card style={{ maxWidth: 760 }}>
        <ActionForm
          contract={proposeListing}
          recordId={recordId}
          fields={fields}
          initial={{ level: 'county', ...(typeof hazardId === 'string' ? { hazardId } : {}) }}
          onDone={(result) => void navigate({ to: `/listings/${result.recordId}`, replace: true })}
          onCancel={() => window.history.back()}
        />
      </Card>
    </>
  )
}
