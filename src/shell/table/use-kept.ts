import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import type { ActionContract } from '#kernel/contract.ts'
import { soundFilter } from '#kernel/list/filter.ts'
import { type ColumnLayout, keepColumns, keptForList, type SavedFilter } from '#kernel/list/kept.ts'
import type { ListSpec } from '#kernel/list/list.ts'
import { type ActionCall, mintId, runAction } from '../api/client.ts'
import { type ApiProblem, asApiProblem } from '../api/problem.ts'
import { askKey, useAsk } from '../api/queries.ts'
import { useListSearch } from './list-search.ts'
import type { Search } from './types.ts'
import type { Filters } from './use-filters.ts'

export interface Kept {
  /** The list it is kept for. */
  readonly list: string
  readonly filters: readonly SavedFilter[]
  readonly layout: ColumnLayout | null
  /** True once what is kept is known, or known to be out of reach. */
  readonly settled: boolean
  /** What is kept could not be read; the list works without it. */
  readonly unread: boolean
  /** Runs an action on what is kept and reads it anew; answers the refusal, for the one who asked to say it. */
  change<I extends z.ZodType>(
    contract: ActionContract<I>,
    call: ActionCall<z.input<I>>,
  ): Promise<ApiProblem | undefined>
  setLayout(layout: ColumnLayout | null): void
}

/** What this account keeps about a list, on whichever computer it sits. */
function useKept(list: string): Kept {
  const client = useQueryClient()
  const { message } = App.useApp()
  const answer = useAsk(keptForList, { list }, { staleTime: 300_000 })
  const key = askKey(keptForList, { list })
  const change: Kept['change'] = async (contract, call) => {
    try {
      await runAction(contract, call)
      return undefined
    } catch (error) {
      return asApiProblem(error)
    } finally {
      await client.invalidateQueries({ queryKey: key })
    }
  }
  return {
    list,
    filters: answer.data?.filters ?? [],
    layout: answer.data?.layout ?? null,
    settled: answer.data !== undefined || answer.error !== null,
    unread: answer.error !== null,
    change,
    setLayout(layout) {
      // Shown at once: a column that hides a second later looks like a click that was lost.
      if (answer.data) client.setQueryData(key, { ...answer.data, layout })
      void change(keepColumns, { recordId: mintId(), input: { list, layout } }).then((refused) => {
        if (refused) message.error(`列没有保存：${refused.detail}`)
      })
    },
  }
}

/** The address a saved filter stands for, and the names of what its list no longer knows. */
function addressOf<R>(list: ListSpec<R>, saved: SavedFilter): { search: Search; lost: string[] } {
  const { sound, unsound } = soundFilter(list.filter, saved.filter)
  const keys = list.columns.map((column) => column.key)
  const columns = saved.columns?.filter((key) => keys.includes(key)) ?? []
  const gone = saved.columns?.filter((key) => !keys.includes(key)) ?? []
  return {
    search: {
      ...sound,
      ...(saved.sort ? { sort: saved.sort } : {}),
      ...(columns.length > 0 ? { columns } : {}),
    },
    lost: [...unsound.map((name) => `条件 ${name}`), ...gone.map((key) => `列 ${key}`)],
  }
}

/** Opens a saved filter; one whose list has changed since opens with what is left, and says what is not. */
function usePick<R>(list: ListSpec<R>, pick: Filters['pick']): (saved: SavedFilter) => void {
  const { message } = App.useApp()
  return (saved) => {
    const { search, lost } = addressOf(list, saved)
    pick(search)
    if (lost.length === 0) return
    const before = saved.words ? `。保存时的条件是：${saved.words}` : ''
    message.warning(`“${saved.name}”里有的内容本清单已经没有（${lost.join('、')}），已按其余内容打开${before}`, 10)
  }
}

export interface KeptInHand {
  readonly kept: Kept
  /** False until it is decided with which filter the list opens. */
  readonly opened: boolean
  open(saved: SavedFilter): void
  /** The address that shows whoever may see the list what the saved filter shows. */
  linkOf(saved: SavedFilter): string
}

/** What is kept about a list, at work on the filters of the page it stands on. */
export function useKeptInHand<R>(
  list: ListSpec<R>,
  filters: Pick<Filters, 'pick' | 'linkTo'>,
  address?: string,
): KeptInHand {
  const kept = useKept(list.id)
  const open = usePick(list, filters.pick)
  const opened = useOpening(kept, address, open)
  return { kept, opened, open, linkOf: (saved) => filters.linkTo(addressOf(list, saved).search) }
}

/**
 * Opens the list with the filter its person has made the default, when the address asks for nothing else. Answers false
 * until that has been decided, so that the whole list is not asked for in vain.
 */
function useOpening(kept: Kept, address: string | undefined, open: (saved: SavedFilter) => void): boolean {
  const [search] = useListSearch(address)
  const bare = Object.keys(search).length === 0
  const [opened, setOpened] = useState(!bare)
  // biome-ignore lint/correctness/useExhaustiveDependencies: decided once, as soon as what is kept is known
  useEffect(() => {
    if (opened || !kept.settled) return
    const wanted = kept.filters.find((one) => one.isDefault)
    if (wanted && bare) open(wanted)
    setOpened(true)
  }, [kept.settled])
  return opened || !bare
}
