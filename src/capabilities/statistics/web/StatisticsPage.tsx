import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import { useListSearch } from '#shell/table/list-search.ts'
import { withFilter } from '#shell/table/search.ts'
import type { Search } from '#shell/table/types.ts'
import { overview } from '../model/index.ts'
import { Definitions } from './Definitions.tsx'
import { HeatTable } from './HeatTable.tsx'
import { LimitBar, useLimitWords } from './LimitBar.tsx'
import { Overview } from './Overview.tsx'
import { readQuestion } from './question.ts'
import { Trend } from './Trend.tsx'

/** 统计分析: what stands, where, and how it moves; limits and day live in the address, so a link shows the same numbers. */
export default function StatisticsPage(): ReactNode {
  const today = useToday()
  const [search, setSearch] = useListSearch()
  const question = readQuestion(search, today)
  const { limits, asOf } = question
  const answer = useAsk(overview, { ...limits, ...(asOf ? { asOf } : {}) }, { keepPrevious: true })
  const limitWords = useLimitWords(question)
  const change = (changes: Search) => setSearch(withFilter(search, changes))
  return (
    <>
      <PageHeader
        title="统计分析"
        words={`截至 ${asOf ?? today}，${limitWords ? `只看${limitWords}，` : ''}统计您管辖范围内的隐患。点击任何数字可以打开对应的清单。`}
        actions={<Definitions stockUntil={answer.data?.stockUntil} />}
        printable
      />
      <LimitBar question={question} onChange={change} />
      {answer.error ? (
        <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <Overview data={answer.isPlaceholderData ? undefined : answer.data} />
      )}
      <HeatTable question={question} onChange={change} />
      {answer.data && <Trend question={question} today={today} stockUntil={answer.data.stockUntil} onChange={change} />}
    </>
  )
}
