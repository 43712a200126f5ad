import { Link } from '@tanstack/react-router'
import { Button, DatePicker, Input, Select, Tag } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { listSectors } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { IgnoredFilters } from '#shell/table/IgnoredFilters.tsx'
import { SavedFilters } from '#shell/table/kept/SavedFilters.tsx'
import type { Option } from '#shell/table/types.ts'
import { type Filters, useFilters } from '#shell/table/use-filters.ts'
import { type KeptInHand, useKeptInHand } from '#shell/table/use-kept.ts'
import { CriteriaFilter, criteriaList } from '../model/index.ts'
import { Catalogue } from './Catalogue.tsx'
import { FoundItems } from './FoundItems.tsx'

/** The library: without words the catalogue of standards, with words the items that have them. */
export default function LibraryPage(): ReactNode {
  const today = useToday()
  const sectors = useAsk(listSectors, {}, { staleTime: 600_000 })
  const choices = sectors.data?.sectors.map(({ id, name }) => ({ value: id, label: name })) ?? []
  const filters = useFilters(CriteriaFilter, { choices: { sector: choices } })
  const { opened, ...keeping } = useKeptInHand(criteriaList, filters)
  const { filter, ignored, page, size } = filters.state
  // The contract itself has seen to it that the address means something.
  const input = CriteriaFilter.parse(filter)
  const words = Object.keys(filter).map(filters.wordsOf)
  const items = input.text !== undefined || input.standardId !== undefined
  return (
    <>
      <PageHeader
        title="判定标准库"
        words="重大事故隐患判定标准。隐患按发现当日有效的标准判定，标准更替后，以前的判定不变。"
        actions={<PublishLink />}
        printable
      />
      <LibraryFilter filters={filters} sectors={choices} keeping={keeping} words={words} />
      <IgnoredFilters names={ignored} onDrop={filters.onChange} />
      {opened &&
        (items ? (
          <FoundItems input={input} page={page} size={size} words={words} onTurn={filters.turn} />
        ) : (
          <Catalogue input={input} today={today} names={new Map(choices.map(({ value, label }) => [value, label]))} />
        ))}
    </>
  )
}

interface LibraryFilterProps {
  readonly filters: Filters
  readonly sectors: readonly Option[]
  readonly keeping: Omit<KeptInHand, 'opened'>
  readonly words: readonly string[]
}

const controlled = new Set(['text', 'sector', 'on'])

function LibraryFilter({ filters, sectors, keeping, words }: LibraryFilterProps): ReactNode {
  const { filter } = filters.state
  const { text, sector, on } = CriteriaFilter.parse(filter)
  const others = Object.keys(filter).filter((name) => !controlled.has(name))
  const shown = { filter, words: words.join('；'), sort: null, columns: null }
  return (
    <search className="zb-filters">
      <Input.Search
        key={text ?? ''}
        defaultValue={text ?? ''}
        placeholder="检索条文，如 有限空间 审批"
        aria-label="检索条文"
        allowClear
        enterButton="检索"
        maxLength={100}
        style={{ width: 'min(420px, 100%)' }}
        onSearch={(typed) => filters.onChange({ text: typed.trim() })}
      />
      <Select
        value={sector}
        options={[...sectors]}
        placeholder="全部行业领域"
        aria-label="行业领域"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        style={{ minWidth: 160 }}
        onChange={(next: string | undefined) => filters.onChange({ sector: next })}
      />
      <DatePicker
        value={on ? dayjs(on) : null}
        placeholder="在此日有效"
        aria-label="只看在此日有效的标准"
        onChange={(day) => filters.onChange({ on: day?.format('YYYY-MM-DD') })}
      />
      {others.map((name) => (
        <Tag key={name} closable onClose={() => filters.onChange({ [name]: undefined })} style={{ margin: 0 }}>
          {filters.wordsOf(name)}
        </Tag>
      ))}
      {words.length > 0 && (
        <Button type="link" onClick={filters.onClear}>
          清除条件
        </Button>
      )}
      <SavedFilters kept={keeping.kept} shown={shown} onPick={keeping.open} linkOf={keeping.linkOf} />
    </search>
  )
}

function PublishLink(): ReactNode {
  if (!useCan('criteria.manage')) return null
  return (
    <Link to="/criteria/publish">
      <Button type="primary">发布判定标准</Button>
    </Link>
  )
}
