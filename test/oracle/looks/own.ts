import * as d from '#capabilities/directory/model/index.ts'
import * as g from '#capabilities/ledgerimport/model/index.ts'
import type { QueryContract } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { sidesOf } from '../chronicle.ts'
import { pick, type Question } from '../draw.ts'
import { type Visit, withoutRequest } from '../visit.ts'

export const ownOperations = [
  g.getImport,
  g.listImports,
  g.importExport.contract,
  g.listImportRows,
  g.importRowExport.contract,
  g.findRowUnits,
  g.downloadRejected,
  g.downloadTemplate,
  d.previewUnits,
  d.listImported,
  d.downloadRejectedUnits,
  d.downloadUnitTemplate,
]

/** What belongs to one person alone, whatever anybody else may see; and the files that hang on records. */
export async function lookAtOwn(visit: Visit, question: Question): Promise<void> {
  await compareImports(visit)
  await compareUnitLists(visit)
  await compareAttachments(visit, question)
  for (const { owner, uploadId } of visit.world.uploads) {
    const mine = owner === visit.visitor.accountId
    await likeNobody(visit, (id) => `/api/uploads/${id}`, uploadId, mine)
  }
}

/** Answers with 200 where it may, otherwise word for word as for something that never was. */
async function likeNobody(visit: Visit, urlOf: (id: string) => string, id: string, open: boolean): Promise<void> {
  const url = urlOf(id)
  const answer = await visit.visitor.fetch(url)
  if (open) return visit.same(url, answer.status, 200)
  const nobody = await visit.nowhere(urlOf(''), () => visit.visitor.fetch(urlOf(newId(0))))
  visit.same(`${url} for a stranger`, withoutRequest(answer), nobody)
  visit.same(`${url} for a stranger`, answer.status >= 400, true)
}

const url = (contract: QueryContract, input: object) =>
  `/api/${contract.id.replace('.', '/')}?input=${encodeURIComponent(JSON.stringify(input))}`

async function compareImports(visit: Visit): Promise<void> {
  const { ledgers } = visit.world
  const list = await visit.ask(g.listImports, { size: 50 })
  const isMine = (owner: string) => owner === visit.visitor.accountId
  await visit.ask(g.downloadTemplate)
  if (!list) return
  const mine = ledgers.filter(({ owner }) => isMine(owner))
  visit.sameIds('ledgerimport.list', list.rows, mine)
  visit.same('ledgerimport.list total', list.total, mine.length)
  const file = await visit.lines(g.importExport.contract, {}, '文件')
  if (file) visit.same('ledgerimport.exportImports', file.sort(), mine.map(({ fileName }) => fileName).sort())
  for (const { id, owner } of ledgers) {
    await visit.read(g.getImport, id, isMine(owner))
    const reads = [
      [g.listImportRows, {}],
      [g.importRowExport.contract, {}],
      [g.findRowUnits, { row: 2 }],
      [g.downloadRejected, {}],
    ] as const
    for (const [contract, more] of reads) {
      await likeNobody(visit, (of) => url(contract, { id: of, ...more }), id, isMine(owner))
    }
  }
}

async function compareUnitLists(visit: Visit): Promise<void> {
  await visit.ask(d.downloadUnitTemplate)
  for (const { uploadId, owner } of visit.world.unitLists) {
    const mine = owner === visit.visitor.accountId
    const imported = await visit.ask(d.listImported, { uploadId })
    if (!imported) return
    visit.same('directory.listImported', imported.outcomes.length > 0, mine)
    for (const contract of [d.previewUnits, d.downloadRejectedUnits]) {
      await likeNobody(visit, (id) => url(contract, { uploadId: id }), uploadId, mine)
    }
  }
}

/** A file opens for those who may see the record it hangs on. */
async function compareAttachments(visit: Visit, { picks }: Question): Promise<void> {
  const { rows } = await visit.world.product.product.database.pool.query<{ id: string; record_id: string }>(
    "select id, record_id from attachment where record_type = 'hazard'",
  )
  for (const { id, record_id: hazardId } of pick(rows, picks.slice(0, 3))) {
    const hazard = visit.world.chronicle.hazardAt(hazardId, undefined)
    const seen = hazard !== undefined && visit.reading.may('hazard.read', sidesOf(hazard))
    await likeNobody(visit, (of) => `/api/attachments/${of}`, id, seen)
  }
}
