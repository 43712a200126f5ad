import { buffer } from 'node:stream/consumers'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { xlsxStream } from '#platform/excel/writer.ts'
import type { TestProduct } from '#test/kit/product.ts'
import * as ledger from '../model/index.ts'
import { importJob } from './work.ts'

export type Row = readonly (string | number | null)[]

const heading = [
  '乡镇',
  '单位名称',
  '行业领域',
  '隐患来源',
  '重大事故隐患内容',
  '发现时间',
  '整改时限',
  '整改情况',
  '销号时间',
  '是否挂牌督办',
]

export const row = (description: string, more: Partial<Record<number, string | number | null>> = {}): Row =>
  ['木镇镇', '东山机械厂', '工贸', '检查', description, '2024-05-06', '2024-06-06', '整改中', null, '否'].map(
    (value, at) => (at in more ? (more[at] ?? null) : value),
  )

export interface SheetSpec {
  readonly title: string
  readonly heading?: readonly string[]
  readonly rows: readonly Row[]
}

export function workbook(rows: readonly Row[], others: readonly SheetSpec[] = [], names = heading): Promise<Buffer> {
  const sheets = [{ title: '台账', heading: names, rows }, ...others].map(
    ({ title, heading: titles, rows: lines }) => ({
      title,
      columns: (titles ?? heading).map((name) => ({ title: name, width: 12 })),
      rows: lines,
    }),
  )
  return buffer(xlsxStream(sheets, new Date(0)))
}

/** An import from the file to the last row, as the screen and the worker do it. */
export function ledgerRig(test: TestProduct) {
  async function upload(bytes: Buffer, name: string, actor: Actor): Promise<string> {
    const id = newId(test.clock.now().getTime())
    const { files, database } = test.product
    const now = test.clock.now()
    await files.begin(database.db, actor, { id, name, size: bytes.length, purpose: 'other', capturedAt: null }, now)
    for (let at = 0; at < bytes.length; at += 1_000_000) {
      await files.append(database.db, actor, id, at, bytes.subarray(at, at + 1_000_000), now)
    }
    await files.finish(database.db, actor, id, now)
    return id
  }
  async function start(bytes: Buffer, actor: Actor, name = '台账.xlsx') {
    const uploadId = await upload(bytes, name, actor)
    const { recordId } = await test.run(actor, ledger.startImport, { input: { uploadId, sheet: null } })
    return recordId
  }
  const look = (id: string, actor: Actor) => test.ask(actor, ledger.getImport, { id })
  /** The job as the worker runs it, after the button. */
  async function work(id: string, signal = new AbortController().signal): Promise<void> {
    const job = test.product.modules.all.flatMap((module) => module.jobs ?? []).find((spec) => spec.name === importJob)
    await job?.run({ importId: id }, { id: 'test', signal })
  }
  async function runThrough(id: string, actor: Actor) {
    const { version } = await look(id, actor)
    await test.run(actor, ledger.runImport, { recordId: id, version, input: {} })
    await work(id)
    return look(id, actor)
  }
  return { upload, start, look, work, runThrough }
}
