// The floor of an import: the workbook is opened and every cell of every row is read, by the product's own reader.
import { openWorkbook } from '#platform/excel/reader.ts'

const begun = performance.now()
const workbook = await openWorkbook(process.argv[2] ?? '')
let cells = 0
for await (const row of workbook.rows(workbook.sheets[0]?.name ?? '')) cells += row.cells.length
process.send?.({ ms: performance.now() - begun, cells }, () => process.exit(0))
