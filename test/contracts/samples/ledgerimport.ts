import * as g from '#capabilities/ledgerimport/model/index.ts'
import { ledgerRig, row, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import type { ActionContract } from '#kernel/contract.ts'
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

async function upload({ product, crew }: Stage): Promise<string> {
  serial += 1
  const lines = [row(`第${serial}号配电房没有应急照明`), row(`第${serial}号仓库消防通道堵塞`, { 5: '3月7日' })]
  return ledgerRig(product).upload(await workbook(lines), `台账${serial}.xlsx`, crew.town)
}

/** An import that has got as far as its state says. */
async function importIn(stage: Stage, state: string) {
  const { product, crew } = stage
  const by = crew.town
  const input = { uploadId: await upload(stage), sheet: null }
  const { recordId, version: first } = await product.run(by, g.startImport, { input })
  let version = first
  const run = async (contract: ActionContract) => {
    version = (await product.run(by, contract, { recordId, version, input: {} })).version
  }
  if (state !== 'preparing') await run(g.runImport)
  if (state === 'cancelled') await run(g.cancelImport)
  if (state === 'done') {
    await ledgerRig(product).work(recordId)
    version = (await product.ask(by, g.getImport, { id: recordId })).version
  }

  return { recordId, version }
}

const sample =
  (state: string, input: (view: g.ImportView) => object) =>
  async (stage: Stage): Promise<Sample> => {
    const on = await importIn(stage, state)
    const view = await stage.product.ask(stage.crew.town, g.getImport, { id: on.recordId })
    return { by: stage.crew.town, on, input: input(view), sides: own(stage) }
  }

async function start(stage: Stage): Promise<Sample> {
  const input = { uploadId: await upload(stage), sheet: null }
  return { by: stage.crew.town, input, sides: own(stage), elsewhere: 'ledgerimport.uploadUnknown' }
}

export const ledgerImportDriver: Driver = {
  record: 'ledgerImport',
  read: 'ledgerimport.use',
  samples: {
    'ledgerimport.start': start,
    'ledgerimport.map': sample('preparing', ({ columns }) => ({ columns, values: {}, years: { foundOn: 2024 } })),
    'ledgerimport.header': sample('preparing', () => ({ rows: { first: 1, last: 1 } })),
    'ledgerimport.correct': sample('preparing', () => ({ row: 3, corrections: { foundOn: '2024-03-07' } })),
    'ledgerimport.run': sample('preparing', () => ({})),
    'ledgerimport.cancel': sample('running', () => ({})),
  },
  inState: importIn,
}
