import * as c from '#capabilities/criteria/model/index.ts'
import { ledgerRig } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import { county, sector } from '#test/kit/hazard-acts.ts'
import { countyWide } from '../../oracle/reading.ts'
import type { Driver, Sample, Stage } from './stage.ts'

const sides = countyWide(county)
const reason = '国家公布新标准，核对后登记'
const admin = ({ product }: Stage) => product.as('admin')

let serial = 0

const trust = { source: '应急管理部网站公布', confidence: 'medium' as const }

/** What a form says of a standard that is in force from next year on. */
function words() {
  serial += 1
  const title = `试验行业重大事故隐患判定标准第${serial}号`
  return { ...trust, title, issuer: '应急管理部', documentNo: `试验令第${serial}号`, sectors: [sector], reason }
}

const item = () => ({ no: `试${serial}`, text: '未设置联锁保护装置的', confidence: 'medium' as const, reason })

/** A standard of the county's own of which only the document is known. */
async function standard(stage: Stage) {
  const input = { ...words(), effectiveFrom: '2027-05-01' }
  const { recordId, version } = await stage.product.run(await admin(stage), c.publishStandard, { input })
  return { recordId, version }
}

const sample =
  (input: (stage: Stage) => object | Promise<object>) =>
  async (stage: Stage): Promise<Sample> => ({
    by: await admin(stage),
    on: await standard(stage),
    input: await input(stage),
    sides,
  })

async function publish(stage: Stage): Promise<Sample> {
  return { by: await admin(stage), input: { ...words(), effectiveFrom: '2027-05-01' }, sides }
}

async function sheet(stage: Stage): Promise<object> {
  const bytes = Buffer.from('条号,条文\n一,未设置联锁保护装置的\n')
  const uploadId = await ledgerRig(stage.product).upload(bytes, `条文${serial}.csv`, await admin(stage))
  return { ...trust, uploadId, reason }
}

async function amendItem(stage: Stage): Promise<Sample> {
  const by = await admin(stage)
  const { recordId, version: first } = await standard(stage)
  const added = await stage.product.run(by, c.addItem, { recordId, version: first, input: item() })
  const input = { ...item(), itemId: added.output.itemId, text: '联锁保护装置停用的' }
  return { by, on: { recordId, version: added.version }, input, sides }
}

/** The county has changed a standard of the pack, and takes its own word back. */
async function revert(stage: Stage): Promise<Sample> {
  const { product } = stage
  const by = await admin(stage)
  const { rows } = await product.ask(by, c.listStandards, {})
  const pack = rows.find(({ origin, amended }) => origin === 'pack' && !amended)
  if (!pack) throw new Error('the pack brought no standard')
  const { recordId, version } = pack
  const changed = await product.run(by, c.addItem, { recordId, version, input: item() })
  return { by, on: { recordId, version: changed.version }, input: { reason }, sides }
}

/** Everybody signed in reads the library; keeping it is for few. */
export const standardDriver: Driver = {
  record: 'standard',
  read: 'session',
  samples: {
    'criteria.publish': publish,
    'criteria.enterItems': sample(sheet),
    'criteria.withdraw': sample(() => ({ reason })),
    'criteria.amendStandard': sample(words),
    'criteria.addItem': sample(item),
    'criteria.amendItem': amendItem,
    'criteria.revertStandard': revert,
  },
}
