import { Button, Select, Table, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { type ImportView, ledgerFields, type ValueField } from '../model/index.ts'
import { useChoices } from './choices.ts'
import { useMapping } from './use-mapping.ts'

type Said = Partial<Record<ValueField, Record<string, string>>>

/**
 * What the ledger's words mean; what was not understood stands first. Answers are remembered for
 * the next ledger of the same office; what was taken over from the last one is marked, and can be dropped.
 */
export function WordMapping({ view }: { view: ImportView }): ReactNode {
  const { values, change, busy } = useMapping(view)
  const choices = useChoices()
  const [said, setSaid] = useState<Said>(values)
  const drop = (field: ValueField, text: string) => setSaid((all) => ({ ...all, [field]: without(all[field], text) }))
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
                value={said[word.field]?.[word.text] ?? (word.recalled ? undefined : word.meaning) ?? undefined}
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={word.recalled ? '按系统识别' : '请选择'}
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
            width: 190,
            render: (_, word) => (
              <Mark word={word} said={said[word.field]?.[word.text]} onDrop={() => drop(word.field, word.text)} />
            ),
          },
        ]}
      />
      <Button type="primary" style={{ marginTop: 12 }} loading={busy} onClick={() => void change({ values: said })}>
        按此对应重新核对
      </Button>
    </>
  )
}

const without = (words: Record<string, string> | undefined, text: string) =>
  Object.fromEntries(Object.entries(words ?? {}).filter(([word]) => word !== text))

interface MarkProps {
  readonly word: ImportView['words'][number]
  readonly said: string | undefined
  onDrop(): void
}

function Mark({ word, said, onDrop }: MarkProps): ReactNode {
  if (word.recalled && said === word.meaning) {
    return (
      <>
        <Tag>上次对应</Tag>
        <Button size="small" type="link" onClick={onDrop}>
          不用上次的
        </Button>
      </>
    )
  }
  return word.meaning === null && !said ? <Tag>待确认</Tag> : null
}
