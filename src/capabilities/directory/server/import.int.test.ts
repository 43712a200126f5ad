import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kernel/ids.ts'
import { createTestDatabase, type TestDatabase } from '#test/kit/database.ts'
import * as c from '../model/index.ts'
import { actorWith, freshCreditCode, noon, office, openRig, type Rig, refusalOf, sheetOf } from './directory.rig.ts'
import type { UploadedSheet } from './import/import.ts'

let database: TestDatabase
let rig: Rig
const uploads = new Map<string, UploadedSheet>()
beforeAll(async () => {
  database = await createTestDatabase()
  rig = await openRig(database.db, async (uploadId) => uploads.get(uploadId))
})
afterAll(() => database?.drop())

const id = () => newId(noon.getTime())
const header = ['序号', '企业名称（全称）', '统一社会信用代码', '所属乡镇', '行业', '规模', '法定代表人', '联系电话']
const upload = (rows: readonly (readonly string[])[]): string => {
  const uploadId = id()
  uploads.set(uploadId, { name: '名录.xlsx', header, rows: rows.map((cells, at) => ({ row: at + 2, cells })) })
  return uploadId
}
const defaults = { uncodedArePlaces: true }
const noDefaults = { area: null, sectors: [], scale: null, datum: 'wgs84' as const }
const bounds = [117.6, 30.2, 118.2, 30.9] as const
const importAll = async (actor: typeof office, uploadId: string, take = 200) => {
  const { mapping } = await rig.ask(actor, c.previewUnits, { uploadId, defaults })
  const outcomes: c.ImportOutcome[] = []
  for (let skip = 0; ; ) {
    const input = { uploadId, mapping, defaults, skip, take }
    const { output } = await rig.run(actor, c.importUnits, { recordId: id(), input })
    outcomes.push(...output.outcomes)
    skip = output.next
    if (skip >= output.total) return outcomes
  }
}
const total = async () => (await rig.ask(office, c.listUnits, {})).total

test('a list is checked, imported in batches with every row accounted for, and adds nothing the second time', async () => {
  const uploadId = upload([
    ['1', '一号采石厂', freshCreditCode(), '木镇', '矿山', '小型', '张一', '13856601001'],
    ['2', '老街小吃店', '', '庙前镇', '商贸', '微型', '', ''],
    ['3', '错码加工厂', '913417230000000000', '木镇镇', '工贸', '小型', '', ''],
    ['4', '远方工厂', freshCreditCode(), '某某镇', '天文', '', '', ''],
    ['5', '一号采石厂', '', '木镇镇', '矿山', '小型', '', ''],
  ])
  const before = await total()
  const preview = await rig.ask(office, c.previewUnits, { uploadId, defaults })
  expect(preview).toMatchObject({
    total: 5,
    ready: 3,
    mapping: { name: 1, creditCode: 2, area: 3, sectors: 4, scale: 5 },
  })
  expect(preview.rows.map((row) => [row.row, row.problems.map((problem) => problem.column)])).toEqual([
    [4, ['统一社会信用代码']],
    [5, ['所在乡镇', '行业领域', '规模']],
  ])
  expect(await total()).toBe(before)
  const first = await importAll(office, uploadId, 2)
  expect(first.map((row) => row.outcome)).toEqual(['imported', 'imported', 'rejected', 'rejected', 'matched'])
  expect(first[3]?.reason).toContain('某某镇')
  expect(await total()).toBe(before + 2)
  const again = await importAll(office, uploadId)
  expect(again.map((row) => row.outcome)).toEqual(['matched', 'matched', 'rejected', 'rejected', 'matched'])
  expect(await total()).toBe(before + 2)
  const shop = await rig.ask(office, c.getUnit, { id: first[1]?.unitId ?? '' })
  expect(shop).toMatchObject({ kind: 'place', sectors: ['commerce'], area: '341723102' })
})

test('a broken-off import tells where it stopped, to its owner only', async () => {
  const uploadId = upload(
    ['甲', '乙', '丙'].map((name) => ['', `${name}字号茶叶店`, '', '木镇镇', '工贸', '微型', '', '']),
  )
  const { mapping } = await rig.ask(office, c.previewUnits, { uploadId })
  await rig.run(office, c.importUnits, { recordId: id(), input: { uploadId, mapping, defaults, skip: 0, take: 2 } })
  expect(await rig.ask(office, c.listImported, { uploadId })).toMatchObject({
    next: 2,
    outcomes: [{ row: 2 }, { row: 3 }],
  })
  const colleague = actorWith({ role: 'committeeOffice' })
  expect(await rig.ask(colleague, c.listImported, { uploadId })).toEqual({ next: 0, outcomes: [] })
})

test('rows outside the importer’s own scope are rejected, and what such a row had begun is taken back', async () => {
  const town = actorWith({ role: 'town', area: '341723101' })
  const uploadId = upload([
    ['', '界外工厂', '', '庙前镇', '工贸', '小型', '界外负责人', '13856601002'],
    ['', '界内工厂', '', '木镇镇', '工贸', '小型', '界内负责人', '13856601003'],
  ])
  const outcomes = await importAll(town, uploadId)
  expect(outcomes.map((row) => row.outcome)).toEqual(['rejected', 'imported'])
  expect(outcomes[0]?.reason).toContain('权限')
  const people = await database.pool.query(`select name from person where name like '界%'`)
  expect(people.rows).toEqual([{ name: '界内负责人' }])
})

test('the same batch sent twice is carried out once', async () => {
  const uploadId = upload([['', '重发测试店', '', '木镇镇', '工贸', '微型', '', '']])
  const input = { uploadId, mapping: { name: 1, area: 3, sectors: 4, scale: 5 }, defaults, skip: 0, take: 10 }
  const envelope = { actionId: id(), recordId: id(), input }
  const first = await rig.run(office, c.importUnits, envelope)
  expect(await rig.run(office, c.importUnits, envelope)).toEqual({ ...first, replayed: true })
  expect((await rig.ask(office, c.listUnits, { text: '重发测试店' })).total).toBe(1)
})

test('the rows that did not come in go back with the reason beside each, in the list’s own columns', async () => {
  const uploadId = upload([
    ['1', '退回测试公司', '', '木镇镇', '工贸', '小型', '', ''],
    ['2', '退回测试店', '', '木镇镇', '工贸', '小型', '', ''],
  ])
  await importAll(office, uploadId)
  const rows = await sheetOf(rig, office, c.downloadRejectedUnits, { uploadId })
  expect(rows[0]?.slice(-2)).toEqual(['原行号', '未导入原因'])
  expect(rows[1]?.slice(1, 4)).toEqual(['退回测试公司', '', '木镇镇'])
  expect(rows[1]?.at(-1)).toContain('没有信用代码')
  expect(rows).toHaveLength(2)
  await expect(sheetOf(rig, office, c.downloadRejectedUnits, { uploadId: id() })).rejects.toThrow('没有找到上传的文件')
})

test('the template’s headings are those the import reads, and its examples are not taken for units', async () => {
  const [headings = [], ...examples] = await sheetOf(rig, office, c.downloadUnitTemplate, {})
  const mapping = c.proposeColumns(headings)
  expect(Object.keys(mapping).sort()).toEqual([...c.importFields].sort())
  const reading = { index: rig.directory.index, bounds, mapping, defaults: { ...noDefaults, ...defaults } }
  const read = (cells: string[]) => c.readImportRow(reading, cells)
  expect(examples.map((cells) => read(cells).problems.at(-1)?.message)).toEqual(
    examples.map(() => '这一行是模板里的示例，请删去'),
  )
})

test('unknown uploads, oversized batches and people without the right are refused', async () => {
  const ask = (actor: typeof office, more: object) =>
    refusalOf(
      rig.run(actor, c.importUnits, {
        recordId: id(),
        input: { uploadId: id(), mapping: {}, skip: 0, take: 1, ...more },
      }),
    )
  expect(await ask(office, {})).toBe('directory.importUnreadable')
  expect(await ask(office, { take: 201 })).toBe('core.invalidInput')
  const uploadId = upload([['', '无权导入店', '', '木镇镇', '工贸', '微型', '', '']])
  expect(await ask(actorWith({ role: 'auditor' }), { uploadId })).toBe('core.notAllowed')
})

test('a position out of the county is told by the dry run already, and what came in goes out again as it stands', async () => {
  const uploadId = id()
  const row = (name: string, lng: string, lat: string, datum = '') => [name, '木镇镇', '工贸', '微型', lng, lat, datum]
  const rows = [
    row('定位早点铺', '117.85', '30.6'),
    row('反填杂货店', '30.6', '117.85'),
    row('图上修车行', '117.85', '30.6', '高德'),
  ]
  const headings = ['单位名称', '乡镇', '行业', '规模', '经度', '纬度', '坐标系']
  uploads.set(uploadId, {
    name: '位置.xlsx',
    header: headings,
    rows: rows.map((cells, at) => ({ row: at + 2, cells })),
  })
  const preview = await rig.ask(office, c.previewUnits, { uploadId, defaults })
  expect(preview.rows).toMatchObject([
    { row: 3, problems: [{ column: '经度', message: expect.stringContaining('填反') }] },
  ])
  const outcomes = await importAll(office, uploadId)
  expect(outcomes.map((one) => one.outcome)).toEqual(['imported', 'rejected', 'imported'])
  const [exportHead = [], ...lines] = await sheetOf(rig, office, c.unitExport.contract, {
    text: '定位早点铺',
    columns: c.unitList.columns.map(({ key }) => key),
  })
  const back = c.readImportRow(
    {
      index: rig.directory.index,
      bounds,
      mapping: c.proposeColumns(exportHead),
      defaults: { ...noDefaults, ...defaults },
    },
    lines[0] ?? [],
  )
  expect(back.input?.position).toEqual({ lng: 117.85, lat: 30.6 })
  const shifted = await rig.ask(office, c.getUnit, { id: outcomes[2]?.unitId ?? '' })
  expect(shifted.position?.lng).toBeCloseTo(117.8447, 3)
})
