import { Button, Select, Table, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { type ImportView, ledgerFields, type ValueField } from '../model/index.ts'
import { useChoices } from './choices.ts'
import { useMapping } from './use-mapping.ts'

type Said = Partial<Record<ValueField, Record<string, string>>>

/** What the ledger's words mean; what was not understood stands first. Answers are remembered for the next ledger. */
export function WordMapping({ view }: { view: ImportView }): ReactNode {
  const { values, change, busy } = useMapping(view)
  const choices = useChoices()
  const [said, setSaid] = useState<Said>(values)
  const rows = [...view.words].sort((a, b) => Number(a.meaning !== null) - Number(b.meaning !== null))
  return (
    <>
      <Table
        size="small"
        rowKey={(word) => `${word.field} ${word.text}`}
        pagination={rows.length > 50 ? { pageSize: 50 } : false}
        dataSource={rows}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: '项目', width: 130, render: (_, word) => ledgerFields[word.field].title },
          { title: '台账中的写法', render: (_, word) => word.text },
          { title: '行数', width: 70, align: 'right', dataIndex: 'rows' },
          {
            title: '对应',
            width: 260,
            render: (_, word) => (
              <Select
                aria-label={`“${word.text}”对应`}
                value={said[word.field]?.[word.text] ?? word.meaning ?? undefined}
                showSearch={{ optionFilterProp: 'label' }}
                placeholder="请选择"
                style={{ width: '100%' }}
                options={choices[word.field]}
                onChange={(meaning) =>
                  setSaid((all) => ({ ...all, [word.field]: { ...all[word.field], [word.text]: meaning } }))
                }
              />
            ),
          },
          {
            title: '',
            width: 90,
            render: (_, word) => (word.meaning === null && !said[word.field]?.[word.text] ? <Tag>待确认</Tag> : null),
          },
        ]}
      />
      <Button type="primary" style={{ marginTop: 12 }} loading={busy} onClick={() => void change({ values: said })}>
        按此对应重新核对
      </Button>
    </>
  )
}
