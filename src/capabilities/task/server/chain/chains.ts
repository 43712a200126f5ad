import { refuse } from '#kernel/errors.ts'
import type { Facets } from '#kernel/grants.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { RecordType, RegisteredAction } from '#platform/actions/types.ts'
import { versionsIn } from '#platform/actions/versions.ts'
import { answer, type RegisteredQuery } from '#platform/module/module.ts'
import { type Chain, chainGaps, taskErrors as e, editChain, listChains, openChain } from '../../model/index.ts'
import { areaOf } from '../actions-issue.ts'
import type { TaskDeps } from '../deps.ts'
import { loadChain, loadChains, saveChain } from './store.ts'

const chainFacets = (chain: Chain): Facets => ({
  area: chain.county,
  sectors: null,
  unitId: null,
  bodyIds: [chain.lead],
})

export const chainRecord: RecordType<Chain> = {
  type: 'chain',
  title: '“一件事”责任链',
  readPermission: 'session',
  load: loadChain,
  versions: versionsIn('chain'),
  save: saveChain,
  facets: chainFacets,
  label: (chain) => chain.title,
}

const gapWords = (gaps: number) => (gaps > 0 ? `，${gaps}个环节没有牵头单位` : '')

const open = onCreate(openChain, chainRecord, (context, { key, title, sector, lead, clauses, links }) => {
  const gaps = chainGaps(links)
  return {
    record: {
      county: context.county,
      id: context.recordId,
      version: 0,
      key,
      title,
      sector,
      lead,
      clauses,
      links,
      amendedOn: null,
    },
    output: { gaps },
    summary: `按方案建立“${title}”责任链${gapWords(gaps)}`,
  }
})

const edit = (deps: TaskDeps): RegisteredAction =>
  onRecord(editChain, chainRecord, (context, chain, { links, reason }) => {
    for (const [at, { lead, co }] of links.entries()) {
      for (const body of [lead, ...co]) if (body !== null) areaOf(deps, body, `links.${at}.lead`)
      if (lead === null && co.length > 0 && !links[at]?.note) {
        refuse(e.chainLead, {
          fields: [{ path: `links.${at}.note`, message: '没有牵头单位而有配合单位的环节，请写明由谁明确' }],
        })
      }
    }
    const gaps = chainGaps(links)
    return {
      record: { ...chain, links, amendedOn: context.today },
      output: { gaps },
      summary: `修改责任链：${reason}${gapWords(gaps)}`,
    }
  })

export const chainActions = (deps: TaskDeps): RegisteredAction[] => [open, edit(deps)]

export const chainQueries = ({ directory }: TaskDeps): RegisteredQuery[] => [
  answer(listChains, async (context) => {
    const { county } = context
    const name = (id: string) => directory.bodyName(county, id)
    return {
      chains: (await loadChains(context.db, county)).map((chain) => ({
        id: chain.id,
        version: chain.version,
        title: chain.title,
        sectorName: directory.sectorName(county, chain.sector),
        leadName: name(chain.lead),
        clauses: [...chain.clauses],
        gaps: chainGaps(chain.links),
        amendedOn: chain.amendedOn,
        mayEdit: context.can('task.editChain', chainFacets(chain)),
        links: chain.links.map(({ name: stage, lead, co, note }) => ({
          name: stage,
          lead,
          leadName: lead && name(lead),
          co: [...co],
          coNames: co.map(name),
          note,
        })),
      })),
    }
  }),
]
