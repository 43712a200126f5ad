import { buffer } from 'node:stream/consumers'
import { runImport, startImport } from '#capabilities/ledgerimport/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { addDays } from '#kernel/time.ts'
import { xlsxStream } from '#platform/excel/writer.ts'
import type { Product } from '../server/product.ts'
import { demoId } from './ids.ts'
import { sendIn } from './papers.ts'
import type { DemoUnit } from './units.ts'

const headings = [
  '序号',
  '乡镇（开发区）',
  '单位名称',
  '行业领域',
  '隐患来源',
  '隐患等级',
  '隐患内容',
  '发现时间',
  '责任人',
  '整改措施',
  '整改资金（万元）',
  '整改时限',
  '应急预案',
  '整改情况',
  '销号时间',
]

/** A ledger as an office kept it before the system: a dozen findings of 2023, all closed. */
function ledgerRows(product: Product, units: readonly DemoUnit[]): (string | number)[][] {
  const { areas, sectors } = product.pack
  const early = units.filter((unit) => unit.since < '2023-02-01' && unit.trade.general.length > 0)
  return Array.from({ length: 12 }, (_, row) => {
    const unit = early[row * 17]
    const finding = unit?.trade.general[row % unit.trade.general.length]
    if (!unit || !finding) return []
    const foundOn = addDays('2023-03-01', row * 19)
    return [
      row + 1,
      areas.find((area) => area.code === unit.area)?.name ?? '',
      unit.name,
      sectors.find((sector) => sector.id === (finding.sector ?? unit.trade.sector))?.name ?? '',
      row % 3 === 0 ? '企业自查' : '部门检查',
      '一般隐患',
      `${finding.place}：${finding.text}`,
      foundOn,
      unit.principal,
      finding.measure,
      0.5,
      addDays(foundOn, 15),
      '现场处置方案',
      '已销号',
      addDays(foundOn, 11),
    ]
  }).filter((cells) => cells.length > 0)
}

function writeLedger(product: Product, units: readonly DemoUnit[], now: Date): Promise<Buffer> {
  const columns = headings.map((title) => ({ title, width: 16 }))
  return buffer(xlsxStream([{ title: '2023年隐患台账（演示）', columns, rows: ledgerRows(product, units) }], now))
}

/** Imports the old ledger through the wizard's own actions; the product's job takes the rows over. */
export async function importLedger(
  product: Product,
  actor: Actor,
  units: readonly DemoUnit[],
  now: Date,
): Promise<void> {
  const { runner, files, database } = product
  const id = (words: string) => demoId(`ledger ${words}`, now)
  const file = {
    id: id('file'),
    name: '2023年隐患台账（演示）.xlsx',
    bytes: await writeLedger(product, units, now),
    purpose: 'other' as const,
  }
  const { uploadId } = await sendIn(files, database.db, actor, file, now)
  const recordId = id('import')
  const started = await runner.run(
    actor,
    startImport.id,
    { actionId: id('start'), recordId, input: { uploadId, sheet: null } },
    { now },
  )
  const { version } = started
  await runner.run(actor, runImport.id, { actionId: id('run'), recordId, version, input: {} }, { now })
}
