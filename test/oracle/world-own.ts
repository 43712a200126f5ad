import { importUnits } from '#capabilities/directory/model/index.ts'
import { startImport } from '#capabilities/ledgerimport/model/index.ts'
import { ledgerRig, row, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import type { Actor } from '#kernel/grants.ts'
import type { TestProduct } from '#test/kit/product.ts'

/** Files and imports of one person each: nobody else may so much as know that they are there. */
export interface Belongings {
  readonly uploads: readonly { readonly owner: string; readonly uploadId: string }[]
  readonly ledgers: readonly { readonly owner: string; readonly id: string; readonly fileName: string }[]
  readonly unitLists: readonly { readonly owner: string; readonly uploadId: string }[]
}

export async function fillBelongings(product: TestProduct, owners: readonly Actor[]): Promise<Belongings> {
  const { upload } = ledgerRig(product)
  const uploads: { owner: string; uploadId: string }[] = []
  const ledgers: { owner: string; id: string; fileName: string }[] = []
  const unitLists: { owner: string; uploadId: string }[] = []
  for (const [at, actor] of owners.entries()) {
    const owner = actor.accountId
    const fileName = `台账${at}.xlsx`
    const ledger = await upload(await workbook([row(`第${at}份台账所列隐患`)]), fileName, actor)
    const { recordId } = await product.run(actor, startImport, { input: { uploadId: ledger, sheet: null } })
    // A list whose only row lacks nearly everything: it has an outcome and adds no unit.
    const names = ['单位名称', '所在乡镇', '行业领域']
    const list = await upload(await workbook([[`第${at}份名录的单位`, '', '']], [], names), `名录${at}.xlsx`, actor)
    const mapping = { name: 0, area: 1, sectors: 2 }
    await product.run(actor, importUnits, { input: { uploadId: list, mapping, skip: 0, take: 1 } })
    uploads.push({ owner, uploadId: ledger }, { owner, uploadId: list })
    ledgers.push({ owner, id: recordId, fileName })
    unitLists.push({ owner, uploadId: list })
  }
  return { uploads, ledgers, unitLists }
}
