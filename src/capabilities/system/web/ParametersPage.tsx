import { Table, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { mintId } from '#shell/api/client.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { listParameters, type ParameterRow, setParameter } from '../model/index.ts'

const confidences: Record<string, string> = { high: '有明确依据', medium: '参照相近规定', low: '建议值，待确认' }
const shown = (value: ParameterRow['value']): string => (Array.isArray(value) ? value.join('、') : String(value))

/** 参数: every number the county may change, where it comes from, how sure we are, and since when it holds. */
export default function ParametersPage(): ReactNode {
  const answer = useAsk(listParameters, {})
  const manage = useCan('system.changeSettings')
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  return (
    <>
      <PageHeader title="参数" words="方案和法规没有写明的数字由县里确定；修改从生效日起作用，过去的记录不受影响" />
      <Table
        size="small"
        rowKey="id"
        loading={!answer.data}
        pagination={false}
        dataSource={[...(answer.data?.rows ?? [])]}
        scroll={{ x: 'max-content' }}
        expandable={{
          expandedRowRender: (row) => <History row={row} />,
          rowExpandable: (row) => row.history.length > 1,
        }}
        columns={[
          { title: '参数', width: 300, render: (_, row) => row.title },
          { title: '现值', width: 130, render: (_, row) => <strong>{`${shown(row.value)} ${row.unit ?? ''}`}</strong> },
          { title: '生效日', width: 110, dataIndex: 'effectiveFrom' },
          { title: '依据', width: 330, render: (_, row) => `${row.source}${row.note ? `（${row.note}）` : ''}` },
          {
            title: '可信度',
            width: 130,
            render: (_, row) => <Tag>{confidences[row.confidence] ?? row.confidence}</Tag>,
          },
          ...(manage
            ? [{ title: '', width: 80, render: (_: unknown, row: ParameterRow) => <Change key={row.id} row={row} /> }]
            : []),
        ]}
      />
    </>
  )
}

function History({ row }: { row: ParameterRow }): ReactNode {
  return (
    <ul>
      {row.history.map((entry) => (
        <li key={entry.effectiveFrom}>
          自 {entry.effectiveFrom}：{shown(entry.value)}（{entry.source}）
        </li>
      ))}
    </ul>
  )
}

function valueField(row: ParameterRow): FieldSpec {
  const label = `新的值${row.unit ? `（${row.unit}）` : ''}`
  if (typeof row.value === 'boolean') return { kind: 'switch', name: 'value', label }
  if (typeof row.value === 'number') return { kind: 'number', name: 'value', label, required: true }
  if (Array.isArray(row.value)) return { kind: 'words', name: 'value', label, required: true, help: '逐个填写数字' }
  return { kind: 'text', name: 'value', label, required: true }
}

function Change({ row }: { row: ParameterRow }): ReactNode {
  const today = useToday()
  const [recordId, setRecordId] = useState(mintId)
  return (
    <ActionButton
      contract={setParameter}
      recordId={recordId}
      label="修改"
      fixed={{ id: row.id }}
      initial={{ value: row.value, effectiveFrom: today }}
      fields={[
        valueField(row),
        { kind: 'day', name: 'effectiveFrom', label: '生效日', required: true, min: today },
        { kind: 'area', name: 'reason', label: '依据', required: true, max: 300 },
      ]}
      onDone={() => setRecordId(mintId())}
    />
  )
}
