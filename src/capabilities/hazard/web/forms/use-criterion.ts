import { useState } from 'react'
import { type CriterionView, searchCriteria, suggestCriteria } from '#capabilities/criteria/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useSettled } from '#shell/browser/use-settled.ts'
import type { CriterionControlProps, CriterionOption } from './controls.ts'

const optionOf = (row: CriterionView & { readonly reason?: string }): CriterionOption => ({
  id: row.id,
  text: row.text,
  marks: [row.catchAll && '兜底条款', row.confidence !== 'high' && '未核实'].filter((mark) => mark !== false),
  where: `《${row.standardTitle}》${row.group ?? ''} ${row.no}${row.reason ? `　${row.reason}` : ''}`,
})

export interface CriterionChoice {
  /** The likeliest ones, or what was searched for; the chosen one first when it is not among them. */
  readonly options: readonly CriterionOption[]
  /** Why there is nothing to choose yet. */
  readonly empty: string | undefined
  /** No standard with items covers the sector on that day. */
  readonly bare: boolean
  search(text: string): void
  choose(id: string): void
}

/** Choosing the criterion a hazard is judged by: suggested by its description, or found by words. */
export function useCriterion(props: CriterionControlProps): CriterionChoice {
  const { value, onChange, sector, description, on, judged } = props
  const [text, setText] = useState('')
  const [picked, setPicked] = useState(judged)
  const typed = useSettled(description)
  const searched = useSettled(text.trim())
  const dated = on ? { on } : {}
  const suggested = useAsk(
    suggestCriteria,
    { description: typed, sector: sector ?? 'none', ...dated },
    { enabled: Boolean(sector), keepPrevious: true },
  )
  const search = { text: searched, sector, ...dated, size: 30 }
  const found = useAsk(searchCriteria, search, { enabled: Boolean(sector) && searched !== '', keepPrevious: true })
  const shown = ((searched === '' ? suggested.data : found.data)?.rows ?? []).map(optionOf).map((option) =>
    // Among those suggested it stands with its standard, and must be told apart all the same.
    option.id === judged?.id ? { ...option, marks: [...option.marks, judged.where] } : option,
  )
  // What is chosen stays in sight: it would be sent unseen, and could not be told from none.
  const kept = picked && picked.id === value && shown.every(({ id }) => id !== value) ? [picked] : []
  const why = searched ? '没有检索到条目，请换个说法' : '填写隐患内容后，这里列出最可能符合的条目；也可以直接检索'
  return {
    options: [...kept, ...shown],
    empty: shown.length === 0 ? why : undefined,
    bare: suggested.data?.hasItems === false,
    search: setText,
    choose(id) {
      setPicked(shown.find((option) => option.id === id) ?? picked)
      onChange(id)
    },
  }
}
