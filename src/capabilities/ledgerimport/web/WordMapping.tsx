import { Button, Select, Table, Tag } from 'antd'
import { type ReactNode, useState } from 'react'
import { useNarrow } from '#shell/layout/narrow.ts'
import { type ImportView, ledgerFields, type ValueField } from '../model/index.ts'
import { useChoices } from './choices.ts'
import { useMapping } from './use-mapping.ts'

type Said = Partial<Record<ValueField, Record<string, string>>>
type Word = ImportView['words'][number]

/**
 * What the ledger's words mean; what was not understood stands first. Answers are remembered for
 * the next ledger of the same office; what was taken over from the last one is marked, and can be dropped.
 */
export function WordMapping({ view }: { view: ImportView }): ReactNode {
  const { values, change, busy } = useMapping(view)
  const [said, setSaid] = useState<Said>(values)
  const narrow = useNarrow()
  const rows = [...view.words].sort((a, b) => Number(a.meaning !== null) - Number(b.meaning !== null))
  const say = ({ field, text }: Word, meaning: string | undefined) =>
    setSaid((all) => {
      const others = Object.entries(all[field] ?? {}).filter(([word]) => word !== text)
      return { ...all, [field]: Object.fromEntries(meaning ? [...others, [text, meaning]] : others) }
    })
  const shown = { rows, said, onSay: say }
  return (
    <>
      {narrow ? <WordCards {...shown} /> : <WordTable {...shown} />}
      <Button type="primary" style={{ marginTop: 12 }} loading={busy} onClick={() => void change({ values: said })}>
        按此对应重新核对
      </Button>
    </>
  )
}

interface WordsProps {
  readonly rows: readonly Word[]
  readonly said: Said
  /** Without a meaning what was said is dropped, and the system decides. */
  onSay(word: Word, meaning: string | undefined): void
}

const keyOf = (word: Word) => `${word.field} ${word.text}`

function WordTable({ rows, said, onSay }: WordsProps): ReactNode {
  return (
    <Table
      size="small"
      rowKey={keyOf}
      pagination={rows.length > 50 ? { pageSize: 50 } : false}
      dataSource={[...rows]}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '项目', width: 130, render: (_, word) => ledgerFields[word.field].title },
        { title: '台账中的写法', render: (_, word) => word.text },
        { title: '行数', width: 70, align: 'right', dataIndex: 'rows' },
        { title: '对应', width: 260, render: (_, word) => <Meaning word={word} said={said} onSay={onSay} /> },
        { title: '', width: 190, render: (_, word) => <Mark word={word} said={said} onSay={onSay} /> },
      ]}
    />
  )
}

/** On a phone a card each; the many that were understood stay folded, since only the others ask for something. */
function WordCards({ rows, said, onSay }: WordsProps): ReactNode {
  const unclear = rows.filter((word) => word.meaning === null)
  const [all, setAll] = useState(unclear.length === 0)
  return (
    <>
      <ul className="zb-cards" aria-label="用语对应">
        {(all ? rows : unclear).map((word) => (
          <li key={keyOf(word)} className="zb-card">
            <div style={{ marginBottom: 6 }}>
              {ledgerFields[word.field].title}：<strong>“{word.text}”</strong>（{word.rows}行）
            </div>
            <Meaning word={word} said={said} onSay={onSay} />
            <Mark word={word} said={said} onSay={onSay} />
          </li>
        ))}
      </ul>
      {!all && (
        <Button block onClick={() => setAll(true)}>
          显示已经对应的 {rows.length - unclear.length} 个
        </Button>
      )}
    </>
  )
}

interface WordProps extends Pick<WordsProps, 'said' | 'onSay'> {
  readonly word: Word
}

function Meaning({ word, said, onSay }: WordProps): ReactNode {
  const choices = useChoices()
  return (
    <Select
      aria-label={`“${word.text}”对应`}
      value={said[word.field]?.[word.text] ?? (word.recalled ? undefined : word.meaning) ?? undefined}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={word.recalled ? '按系统识别' : '请选择'}
      style={{ width: '100%' }}
      options={choices[word.field]}
      onChange={(meaning) => onSay(word, meaning)}
    />
  )
}

function Mark({ word, said, onSay }: WordProps): ReactNode {
  const chosen = said[word.field]?.[word.text]
  if (word.recalled && chosen === word.meaning) {
    return (
      <>
        <Tag>上次对应</Tag>
        <Button size="small" type="link" onClick={() => onSay(word, undefined)}>
          不用上次的
        </Button>
      </>
    )
  }
  return word.meaning === null && !chosen ? <Tag>待确认</Tag> : null
}
