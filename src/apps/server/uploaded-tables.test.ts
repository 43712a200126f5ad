import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unitTableOf } from './uploaded-tables.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhiben-table-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function tableOf(lines: readonly string[], maxRows = 100) {
  const path = join(folder, 'list.csv')
  await writeFile(path, lines.join('\n'))
  return unitTableOf({ path, name: 'list.csv', kind: 'csv' }, maxRows)
}

test('lines above the heading are not taken for it', async () => {
  const table = await tableOf([
    '生产经营单位名录,,,',
    '填表单位：东山镇,,日期：2026年11月,',
    '序号,单位名称,所在乡镇,行业领域',
    '1,甲店,东山镇,工贸',
  ])
  expect(table?.header).toEqual(['序号', '单位名称', '所在乡镇', '行业领域'])
  expect(table?.rows).toEqual([{ row: 4, cells: ['1', '甲店', '东山镇', '工贸'] }])
})

test('where no heading is known, the first row with several cells is offered to be mapped', async () => {
  expect((await tableOf(['名录,', '甲,乙', '1,2']))?.header).toEqual(['甲', '乙'])
  expect(await tableOf(['一列', '1'])).toBeUndefined()
})

test('a list beyond the limit is refused with the limit, one of exactly the limit is read', async () => {
  const rows = (count: number) => ['单位名称,所在乡镇', ...Array.from({ length: count }, (_, at) => `店${at},东山镇`)]
  expect((await tableOf(rows(30), 30))?.rows).toHaveLength(30)
  await expect(tableOf(rows(31), 30)).rejects.toThrow('一次最多导入30行')
  await expect(tableOf(rows(300), 30)).rejects.toThrow('一次最多导入30行')
})
