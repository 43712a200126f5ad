import { Link } from '@tanstack/react-router'
import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { listSectors } from '#capabilities/directory/model/index.ts'
import { allFilterWords } from '#kernel/list/filter.ts'
import { isDay } from '#kernel/time.ts'
import { useAsk } from '#shell/api/queries.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan, useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { withFilter } from '#shell/table/search.ts'
import type { Search } from '#shell/table/types.ts'
import { CriteriaFilter } from '../model/index.ts'
import { Catalogue } from './Catalogue.tsx'
import { FoundItems } from './FoundItems.tsx'

const words = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== ''
    ? value.trim()
    : typeof value === 'number'
      ? String(value)
      : undefined

/** The library: without words the catalogue of standards, with words the items that have them. */
export default function LibraryPage(): ReactNode {
  const today = useToday()
  const [search, setSearch] = useListSearch()
  const sectors = useAsk(listSectors, {}, { staleTime: 600_000 })
  const names = new Map(sectors.data?.sectors.map((sector) => [sector.id, sector.name]))
  const change = (changes: Search) => setSearch(withFilter(search, changes))
  const text = words(search.text)
  const sector = words(search.sector)
  const on = isDay(search.on) ? search.on : undefined
  const limits = { ...(sector ? { sector } : {}), ...(on ? { on } : {}) }
  const nameOf = (_kind: string, id: string) => names.get(id) ?? id
  const said = text ? allFilterWords(CriteriaFilter, { text, ...limits }, nameOf) : []
  return (
    <>
      <PageHeader
        title="判定标准库"
        words="重大事故隐患判定标准。隐患按发现当日有效的标准判定，标准更替后，以前的判定不变。"
        actions={<PublishLink />}
        printable
      />
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
          onSearch={(typed) => change({ text: typed.trim() })}
        />
        <Select
          value={sector}
          options={sectors.data?.sectors.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          placeholder="全部行业领域"
          aria-label="行业领域"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          style={{ minWidth: 160 }}
          onChange={(next: string | undefined) => change({ sector: next })}
        />
        <DatePicker
          value={on ? dayjs(on) : null}
          placeholder="在此日有效"
          aria-label="只看在此日有效的标准"
          onChange={(day) => change({ on: day?.format('YYYY-MM-DD') })}
        />
      </search>
      {text ? (
        <FoundItems text={text} limits={limits} search={search} words={said} onSearch={setSearch} />
      ) : (
        <Catalogue limits={limits} on={on ?? today} onlyInForce={on !== undefined} names={names} />
      )}
    </>
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
