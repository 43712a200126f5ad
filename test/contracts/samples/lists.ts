import * as k from '#capabilities/lists/model/index.ts'
import { county } from '#test/kit/hazard-acts.ts'
import type { Driver, Sample, Stage } from './stage.ts'

const own = ({ crew }: Stage): Sample['sides'] => ({
  area: county,
  sectors: null,
  unitId: null,
  bodies: [],
  owner: crew.town.accountId,
})

let serial = 0

const content = { filter: { overdue: true }, words: '逾期', sort: '-dueOn', columns: ['number', 'dueOn'] }

/** A list of its own for each filter: an account keeps only so many for one. */
function filter() {
  serial += 1
  return { list: `list-${String.fromCharCode(96 + serial)}`, name: `常用${serial}`, ...content }
}

async function saved(stage: Stage, state = 'kept') {
  const by = stage.crew.town
  const kept = await stage.product.run(by, k.saveFilter, { input: filter() })
  const on = { recordId: kept.recordId, version: kept.version }
  if (state === 'kept') return on
  const { version } = await stage.product.run(by, k.dropFilter, { ...on, input: {} })
  return { ...on, version }
}

const sample =
  (input: object) =>
  async (stage: Stage): Promise<Sample> => ({
    by: stage.crew.town,
    on: await saved(stage),
    input,
    sides: own(stage),
  })

const made =
  (input: () => object) =>
  async (stage: Stage): Promise<Sample> => ({
    by: stage.crew.town,
    input: input(),
    sides: own(stage),
    eachTheirOwn: true,
  })

/** Nobody's but the account's own: for anybody else there is none. */
export const savedFilterDriver: Driver = {
  record: 'savedFilter',
  read: 'lists.keep',
  samples: {
    'lists.saveFilter': made(filter),
    'lists.updateFilter': sample({ ...content, words: '逾期的' }),
    'lists.renameFilter': sample({ name: '换了名称' }),
    'lists.setDefaultFilter': sample({ isDefault: true }),
    'lists.dropFilter': sample({}),
  },
  inState: saved,
}

export const columnLayoutDriver: Driver = {
  record: 'columnLayout',
  read: 'lists.keep',
  samples: { 'lists.keepColumns': made(() => ({ list: 'hazards', layout: [{ key: 'number', shown: true }] })) },
}
