import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { installPack } from '#apps/packs/install.ts'
import { openProduct } from '#apps/server/product.ts'
import {
  addItem,
  amendItem,
  amendStandard,
  downloadItemSheet,
  endStandard,
  enterItems,
  listStandardChanges,
  listStandards,
  previewStandard,
  publishStandard,
  revertStandard,
  searchCriteria,
  suggestCriteria,
  withdrawStandard,
} from '#capabilities/criteria/model/index.ts'
import { listAudit } from '#capabilities/system/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { projectRoot } from '#platform/config/config.ts'
import { type HazardStage, hazardStage } from '#test/kit/hazard-stage.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let stage: HazardStage
let admin: Actor

beforeAll(async () => {
  test = await openTestProduct('2027-03-01T09:00:00')
  stage = await hazardStage(test)
  admin = await test.as('admin')
})
afterAll(() => test?.close())

async function upload(content: string | Buffer, name = '条文.csv', actor = admin): Promise<string> {
  const bytes = Buffer.from(content)
  const id = newId(test.clock.now().getTime())
  const { files, database } = test.product
  const now = test.clock.now()
  await files.begin(database.db, actor, { id, name, size: bytes.length, purpose: 'other', capturedAt: null }, now)
  await files.append(database.db, actor, id, 0, bytes, now)
  await files.finish(database.db, actor, id, now)
  return id
}

const standard = async (code: string) => {
  const found = (await test.ask(admin, listStandards, { withdrawn: true })).rows.find((row) => row.id === code)
  if (!found) throw new Error(`no standard ${code}`)
  return found
}
/** A standard that is to be taken the place of, as it is seen now. */
const old = async (code: string) => ({ code, version: (await standard(code)).version })
const facts = (more: Partial<z.input<typeof publishStandard.input>> = {}): z.input<typeof publishStandard.input> => ({
  title: '工贸企业重大事故隐患判定标准（2027修订）',
  issuer: '应急管理部',
  documentNo: '应急管理部令第30号',
  effectiveFrom: '2027-05-01',
  sectors: ['industryTrade'],
  source: '应急管理部令第30号（2027-02-10公布）',
  confidence: 'high',
  verified: true,
  reason: '国家新标准公布，2027年5月1日起施行',
  ...more,
})
const publish = (more: Parameters<typeof facts>[0], actor = admin) =>
  test.run(actor, publishStandard, { input: facts(more) })
const changes = async (code: string) =>
  (await test.ask(admin, listStandardChanges, { recordId: (await standard(code)).recordId })).rows.map(
    (row) => row.summary,
  )
const suggested = async (on: string) => {
  const input = { description: '电焊工没有证', sector: 'industryTrade', on }
  return (await test.ask(admin, suggestCriteria, input)).rows[0]?.id
}
const sheet = `章节或对象,条号,条文,兜底条款
通用,一（一）,电焊工等特种作业人员未取得相应资格上岗作业的,否
,一（二）,新型储能车间未设置可燃气体探测装置的,
兜底,二,其他直接威胁安全的情形,是
`

describe('a file with the items of a standard', () => {
  it('is read with every problem by its row and column, before anything is published', async () => {
    const wrong = `条号,条文,兜底\n一,,是\n一,第二次的条文,可能\n,没有条号的条文,否\n`
    const uploadId = await upload(wrong)
    const { problems, total } = await test.ask(admin, previewStandard, { uploadId })
    expect(total).toBe(3)
    expect(problems.map(({ row, column, message }) => `第${row}行${column}：${message}`)).toEqual([
      '第2行条文：没有填条文',
      '第3行条号：条号与第2行重复',
      '第3行兜底条款：“可能”应填“是”或“否”',
      '第4行条号：没有填条号',
    ])
    await expect(publish({ uploadId })).rejects.toThrow('有4处还有问题，如第2行“条文”：没有填条文')
    const none = test.ask(admin, previewStandard, { uploadId: await upload('单位,电话\n甲,1\n', 'x.csv') })
    expect(await refusalOf(none)).toBe('criteria.importUnreadable')
    const others = test.ask(admin, previewStandard, { uploadId: await upload(sheet, 'a.csv', stage.office) })
    expect(await refusalOf(others)).toBe('criteria.importUnreadable')
    const long = `条号,条文\n${Array.from({ length: 501 }, (_, at) => `${at + 1},第${at + 1}种情形`).join('\n')}`
    expect(await refusalOf(test.ask(admin, previewStandard, { uploadId: await upload(long) }))).toBe(
      'criteria.importTooLong',
    )
  })

  it('tells what it adds, changes and drops against the edition before', async () => {
    const before = await test.ask(admin, searchCriteria, { standardId: 'gas-2023', size: 200 })
    const [first, second, third, ...rest] = before.rows
    const line = (row: { group: string | null; no: string; text: string; catchAll: boolean }) =>
      [row.group ?? '', row.no, `"${row.text}"`, row.catchAll ? '是' : '否'].join(',')
    if (!first || !second || !third) throw new Error('the gas standard has no items')
    const next = [
      '章节,条号,条文,兜底',
      line(first),
      line({ ...second, text: `${second.text}，经责令限期改正仍未改正` }),
      ...rest.map(line),
      ',新增一,掺氢天然气管道未设置氢浓度在线监测装置的,否',
    ].join('\n')
    const { difference, facts: own } = await test.ask(admin, previewStandard, {
      uploadId: await upload(next),
      against: ['gas-2023'],
    })
    expect(own).toBeNull()
    expect(difference.added.map(({ no }) => no)).toEqual(['新增一'])
    expect(difference.changed.map((one) => [one.before.text, one.after.text])).toEqual([
      [second.text, `${second.text}，经责令限期改正仍未改正`],
    ])
    expect(difference.dropped.map(({ text }) => text)).toEqual([third.text])
    expect(difference.same).toBe(rest.length + 1)
    const unknown = { uploadId: await upload(next), against: ['no-such'] }
    expect(await refusalOf(test.ask(admin, previewStandard, unknown))).toBe('criteria.standardUnknown')
  })

  it('may be a file of a data pack, whose mistakes are named by line', async () => {
    const folder = join(projectRoot, 'packs', '_national', 'criteria')
    const text = await readFile(join(folder, 'gas-2023.yaml'), 'utf8')
    const good = await test.ask(admin, previewStandard, {
      uploadId: await upload(text, 'gas.yaml'),
      against: ['gas-2023'],
    })
    expect(good).toMatchObject({ total: 22, problems: [], facts: { sectors: ['gas'], effectiveFrom: '2023-09-21' } })
    expect(good.difference).toMatchObject({ added: [], changed: [], dropped: [], same: 22 })
    const at = text.split('\n').findIndex((row) => row.startsWith('issuer:'))
    const bad = text.replace(/^issuer:.*$/m, 'issuer:').replace('2023-09-21', '2023-02-30')
    const { problems } = await test.ask(admin, previewStandard, { uploadId: await upload(bad, 'gas.yml') })
    expect(problems).toContainEqual(expect.objectContaining({ row: at + 1, column: '发布机关' }))
    expect(problems).toContainEqual(expect.objectContaining({ column: '施行日期' }))
    const broken = await test.ask(admin, previewStandard, {
      uploadId: await upload('id: [unclosed\ntitle: x', 'b.yaml'),
    })
    expect(broken.problems[0]?.message).toContain('不是合格的 YAML')
    expect(await refusalOf(publish({ uploadId: await upload(bad, 'gas.yaml') }))).toBe('criteria.importFaulty')
  })

  it('may be the sheet of the old edition, filled in anew', async () => {
    const file = test.product.modules.all
      .flatMap((module) => module.downloads ?? [])
      .find((one) => one.contract.id === downloadItemSheet.id)
    const { name, body } = (await file?.open(test.context(admin), { code: 'gas-2023' })) ?? {}
    expect(name).toContain('城镇燃气')
    const bytes = await buffer(body as Readable)
    const read = await test.ask(admin, previewStandard, {
      uploadId: await upload(bytes, '条文.xlsx'),
      against: ['gas-2023'],
    })
    expect(read).toMatchObject({
      total: 22,
      problems: [],
      difference: { added: [], changed: [], dropped: [], same: 22 },
    })
    const empty = await file?.open(test.context(admin), {})
    const template = await upload(await buffer(empty?.body as Readable), '模板.xlsx')
    expect((await test.ask(admin, previewStandard, { uploadId: template })).problems).toEqual([])
  })
})

describe('a new edition of a standard', () => {
  it('takes the place of the old one on its day, and hazards keep what they were judged by', async () => {
    const before = await stage.found(stage.inspector, { judgement: stage.major })
    const supersedes = [await old('gongmao-2023')]
    const done = await publish({ supersedes, uploadId: await upload(sheet) })
    expect(done.output).toEqual({ code: 'industrytrade-2027', items: 3 })
    expect(await standard('industrytrade-2027')).toMatchObject({
      origin: 'county',
      inForce: false,
      items: 3,
      itemised: true,
      supersedes: ['gongmao-2023'],
    })
    expect(await standard('gongmao-2023')).toMatchObject({
      supersededOn: '2027-05-01',
      inForce: true,
      supersededBy: ['industrytrade-2027'],
    })
    expect(await suggested('2027-04-30')).toBe('gongmao-2023-3-2')
    expect(await suggested('2027-05-01')).toBe('industrytrade-2027-1')

    test.clock.set('2027-05-10T09:00:00')
    const found = (criterionId: string, foundOn: string) =>
      stage.found(stage.inspector, { foundOn, judgement: { level: 'major', criterionId } })
    expect(await refusalOf(found('gongmao-2023-3-2', '2027-05-02'))).toBe('hazard.criterionNotInForce')
    expect(await refusalOf(found('industrytrade-2027-1', '2027-04-20'))).toBe('hazard.criterionNotInForce')
    const after = await found('industrytrade-2027-1', '2027-05-02')
    const judgement = async (tale: typeof after) => (await tale.view(stage.office)).judgement
    expect((await judgement(after))?.text).toContain('2027修订')
    expect((await judgement(before))?.text).toContain('《工贸企业重大事故隐患判定标准》')
    const search = (on: string) =>
      test.ask(admin, searchCriteria, { text: '特种作业人员', sector: 'industryTrade', on })
    expect((await search('2026-01-01')).rows[0]?.standardId).toBe('gongmao-2023')
    expect((await search('2027-06-01')).rows.map((row) => row.standardId)).not.toContain('gongmao-2023')
  })

  it('tells who published it and why, on both standards and in the audit', async () => {
    expect(await changes('industrytrade-2027')).toEqual([expect.stringContaining('发布判定标准《工贸企业')])
    expect(await changes('gongmao-2023')).toEqual([expect.stringContaining('自2027-05-01起由《工贸企业')])
    const auditor = await test.as('auditor')
    const { rows } = await test.ask(auditor, listAudit, {})
    expect(rows.map((row) => row.summary)).toContainEqual(expect.stringContaining('国家新标准公布'))
  })

  it('may begin on a day that is past, and is marked while its source is not sure', async () => {
    const { output } = await publish({
      title: '渔业船舶重大事故隐患判定标准（2027）',
      documentNo: '农业农村部令第1号',
      sectors: ['fishingVessel'],
      effectiveFrom: '2027-02-01',
      supersedes: [await old('fishing-2022')],
      confidence: 'medium',
      verified: false,
    })
    expect(await standard(output.code)).toMatchObject({ inForce: true, confidence: 'medium', verified: false })
    expect(await standard('fishing-2022')).toMatchObject({ inForce: false, supersededOn: '2027-02-01' })
  })

  it.each([
    [{}, 'criteria.standardTwice'],
    [{ documentNo: '第31号', sectors: ['nothing'] }, 'criteria.sectorUnknown'],
    [{ documentNo: '第31号', supersedes: [{ code: 'no-such', version: 1 }] }, 'criteria.standardUnknown'],
    [{ documentNo: '第31号', effectiveFrom: '2027-02-30' }, 'core.invalidInput'],
    [{ documentNo: '' }, 'core.invalidInput'],
    [{ documentNo: '第31号', reason: '无' }, 'core.invalidInput'],
  ])('with %j is refused with %s', async (wrong, code) => {
    expect(await refusalOf(publish(wrong))).toBe(code)
  })

  it('cannot begin before the one it takes the place of, nor follow one that has ended', async () => {
    const documentNo = '第31号'
    const early = { documentNo, effectiveFrom: '2023-09-21', supersedes: [await old('gas-2023')] }
    expect(await refusalOf(publish(early))).toBe('criteria.supersededTooEarly')
    const late = { documentNo, effectiveFrom: '2027-06-01', supersedes: [await old('gongmao-2023')] }
    expect(await refusalOf(publish(late))).toBe('criteria.supersededAlready')
  })

  it('is published by administrators and the committee office only', async () => {
    const input = { documentNo: '第32号' }
    expect(await refusalOf(publish(input, stage.inspector))).toBe('core.notAllowed')
    expect(await refusalOf(publish(input, await test.as('auditor')))).toBe('core.notAllowed')
    expect(await refusalOf(publish(input, stage.office))).toBe('accepted')
    expect((await standard('industrytrade-2027-2')).itemised).toBe(false)
  })

  it('is refused to the second of two who publish the successor of the same standard', async () => {
    const supersedes = [await old('civil-explosives-2024')]
    const input = (title: string) => ({ title, sectors: ['civilExplosives'], effectiveFrom: '2027-09-01', supersedes })
    const both = await Promise.all([
      refusalOf(publish(input('民用爆炸物品标准甲'))),
      refusalOf(publish(input('民用爆炸物品标准乙'), stage.office)),
    ])
    expect(both.sort()).toEqual(['accepted', 'core.staleVersion'])
    const { rows } = await test.ask(admin, listStandards, {})
    expect(rows.filter(({ title }) => title.startsWith('民用爆炸物品标准'))).toHaveLength(1)
  })

  it('is known at once to every other server process, in search, suggestions and judgements', async () => {
    const { options, county } = test.product
    const other = await openProduct(options)
    const elsewhere = async (contract: typeof suggestCriteria, input: z.input<typeof suggestCriteria.input>) => {
      const query = other.modules.all
        .flatMap(({ queries }) => queries ?? [])
        .find((one) => one.contract.id === contract.id)
      const context = { ...test.context(admin), db: other.database.db }
      return contract.output.parse(await query?.run(context, input))
    }
    try {
      const asked = { description: '氢燃料叉车没有检漏', sector: 'industryTrade', on: '2027-08-02' }
      expect((await elsewhere(suggestCriteria, asked)).rows[0]?.standardId).not.toBe('industrytrade-2027-3')
      const text = '条号,条文\n一,氢燃料叉车未定期检漏的\n'
      const supersedes = [await old('industrytrade-2027')]
      const documentNo = '第40号'
      const input = { documentNo, effectiveFrom: '2027-08-01', supersedes, uploadId: await upload(text) }
      expect((await publish(input)).output.code).toBe('industrytrade-2027-3')
      const { rows } = await elsewhere(suggestCriteria, asked)
      expect(rows[0]?.id).toBe('industrytrade-2027-3-1')
      test.clock.set('2027-08-10T09:00:00')
      const unitId = await test.unit('氢能叉车厂', `${county}101`, 'industryTrade')
      const run = (criterionId: string) =>
        other.runner.run(
          stage.inspector,
          'hazard.report',
          {
            actionId: newId(test.clock.now().getTime()),
            recordId: newId(test.clock.now().getTime()),
            input: {
              channel: 'inspection',
              unitId,
              sector: 'industryTrade',
              description: '氢燃料叉车没有检漏记录',
              foundOn: '2027-08-02',
              judgement: { level: 'major', criterionId, reason: '' },
            },
          },
          { now: test.clock.now() },
        )
      expect(await refusalOf(run('industrytrade-2027-1'))).toBe('hazard.criterionNotInForce')
      expect(await refusalOf(run('industrytrade-2027-3-1'))).toBe('accepted')
    } finally {
      await other.close()
    }
  })
})

describe('a standard that does not hold yet', () => {
  const future = { title: '城镇燃气标准（2028）', documentNo: '第50号', sectors: ['gas'], effectiveFrom: '2028-01-01' }

  it('can be taken back, and the one before goes on', async () => {
    const { output } = await publish({ ...future, supersedes: [await old('gas-2023')], uploadId: await upload(sheet) })
    const { recordId, version } = await standard(output.code)
    const input = { reason: '国家推迟施行' }
    expect(await refusalOf(test.run(stage.inspector, withdrawStandard, { recordId, version, input }))).toBe(
      'core.notAllowed',
    )
    await test.run(admin, withdrawStandard, { recordId, version, input })
    expect(await standard('gas-2023')).toMatchObject({ supersededOn: null, supersededBy: [] })
    expect(await standard(output.code)).toMatchObject({ withdrawn: '国家推迟施行', inForce: false })
    const { rows } = await test.ask(admin, listStandards, { on: '2028-02-01' })
    expect(rows.map(({ id }) => id)).not.toContain(output.code)
    const found = await test.ask(admin, searchCriteria, { text: '储能车间', sector: 'gas' })
    expect(found.rows.filter((row) => row.standardId === output.code)).toEqual([])
    expect(await changes('gas-2023')).toEqual([
      expect.stringContaining('在施行前撤回，本标准继续适用'),
      expect.stringContaining('自2028-01-01起由'),
    ])
    const again = { recordId, version: version + 1, input }
    expect(await refusalOf(test.run(admin, withdrawStandard, again))).toBe('criteria.standardWithdrawn')
    const item = { no: '九', text: '不能再加的条文', confidence: 'high' as const, reason: '测试撤回之后' }
    expect(await refusalOf(test.run(admin, addItem, { ...again, input: item }))).toBe('criteria.standardWithdrawn')
    expect((await publish({ ...future, supersedes: [await old('gas-2023')] })).output.code).toBe('gas-2028-2')
  })

  it('cannot be taken back once it holds, nor when a pack brought it', async () => {
    const refused = async (code: string) => {
      const { recordId, version } = await standard(code)
      return refusalOf(test.run(admin, withdrawStandard, { recordId, version, input: { reason: '想要撤回' } }))
    }
    expect(await refused('industrytrade-2027')).toBe('criteria.standardHolds')
    expect(await refused('mine-2022')).toBe('criteria.standardOfPack')
  })

  it('gives no way round: the end of a standard has no route and no other day than its successor’s', async () => {
    expect(endStandard.internal).toBe(true)
    const { recordId, version, title, issuer, documentNo, source } = await standard('gas-2023')
    const words = { title, issuer, documentNo, source, sectors: ['gas'], confidence: 'high' as const }
    const input = { ...words, supersededOn: '2029-01-01', reason: '想改失效日期' }
    expect(await refusalOf(test.run(admin, amendStandard, { recordId, version, input }))).toBe('criteria.endFixed')
  })
})

describe('a standard of which only the document is known', () => {
  it('takes its items from a sheet, once', async () => {
    const { recordId, version } = await standard('fire-2025')
    const trust = { source: '省消防总队印发文本', confidence: 'medium' as const, verified: true, reason: '收到原文' }
    const input = { ...trust, uploadId: await upload(sheet) }
    const wrong = { ...trust, uploadId: await upload('条号,条文\n一,\n') }
    expect(await refusalOf(test.run(admin, enterItems, { recordId, version, input: wrong }))).toBe(
      'criteria.importFaulty',
    )
    const done = await test.run(admin, enterItems, { recordId, version, input })
    expect(done.output.items).toBe(3)
    expect(await standard('fire-2025')).toMatchObject({ itemised: true, items: 3, source: '省消防总队印发文本' })
    const { rows } = await test.ask(admin, searchCriteria, { standardId: 'fire-2025' })
    expect(rows.map(({ confidence }) => confidence)).toEqual(['medium', 'medium', 'medium'])
    const again = test.run(admin, enterItems, { recordId, version: done.version, input })
    expect(await refusalOf(again)).toBe('criteria.itemsThere')
  })
})

describe('one item', () => {
  const wording = { no: '补充一', group: '新增', text: '氢能设施未设置氢气泄漏报警装置的', confidence: 'high' as const }

  it('is added, corrected and taken back, each with its history', async () => {
    const { recordId, version } = await standard('mine-2022')
    const added = await test.run(admin, addItem, { recordId, version, input: { ...wording, reason: '省里补充情形' } })
    const { itemId } = added.output
    expect(itemId).toBe('mine-2022-x1')
    const found = async () => (await test.ask(admin, searchCriteria, { text: '氢气泄漏' })).rows.map((row) => row.id)
    expect(await found()).toContain(itemId)
    const twice = test.run(admin, addItem, {
      recordId,
      version: added.version,
      input: { ...wording, reason: '重复添加' },
    })
    expect(await refusalOf(twice)).toBe('criteria.itemTwice')
    const corrected = { ...wording, itemId, text: '氢能设施未设置氢气泄漏检测报警装置的', reason: '与原文核对' }
    const step = await test.run(admin, amendItem, { recordId, version: added.version, input: corrected })
    await test.run(admin, amendItem, {
      recordId,
      version: step.version,
      input: { ...corrected, withdrawn: true, reason: '误录的条目' },
    })
    expect(await found()).not.toContain(itemId)
    const library = await test.product.modules.criteria.current(test.product.database.db)
    expect(library.find(itemId)?.text).toContain('氢气泄漏检测报警')
    const { rows } = await test.ask(admin, listStandardChanges, { recordId })
    expect(rows.map((row) => row.summary.slice(0, 4))).toEqual(['撤下条目', '修改条目', '增加条目'])
  })
})

describe('a pack that is loaded again', () => {
  it('brings its standards up to date and leaves the county’s word on them', async () => {
    const { recordId, version } = await standard('fireworks-2017')
    const info = {
      title: '烟花爆竹标准（县里核对）',
      issuer: '县里核对的发布机关',
      documentNo: '安监总管三〔2017〕121号',
      sectors: ['fireworks'],
      source: '县安委办与公布文本逐条核对',
      confidence: 'high' as const,
      verified: true,
      supersededOn: (await standard('fireworks-2017')).supersededOn,
      reason: '逐条核对原文',
    }
    await test.run(admin, amendStandard, { recordId, version, input: info })
    const { pack, database } = test.product
    const changed = pack.standards.map((one) =>
      one.id === 'fireworks-2017' || one.id === 'hazchem-2017' ? { ...one, issuer: '数据包新写的发布机关' } : one,
    )
    await installPack(database.db, { ...pack, standards: changed }, test.clock.now())
    expect(await standard('fireworks-2017')).toMatchObject({
      issuer: '县里核对的发布机关',
      amended: true,
      verified: true,
    })
    expect(await standard('hazchem-2017')).toMatchObject({ issuer: '数据包新写的发布机关', amended: false })
    expect((await standard('industrytrade-2027')).origin).toBe('county')
    const back = await standard('fireworks-2017')
    const input = { reason: '以数据包为准' }
    await test.run(admin, revertStandard, { recordId, version: back.version, input })
    expect(await standard('fireworks-2017')).toMatchObject({ issuer: '数据包新写的发布机关', amended: false })
    // The county's own edition still ends the one of the pack.
    expect(await standard('gongmao-2023')).toMatchObject({ supersededOn: '2027-05-01' })
    const ended = await standard('gongmao-2023')
    const kept = { recordId: ended.recordId, version: ended.version, input }
    expect(await refusalOf(test.run(admin, revertStandard, kept))).toBe('criteria.notAmended')
    const again = test.run(admin, revertStandard, { recordId, version: back.version + 1, input })
    expect(await refusalOf(again)).toBe('criteria.notAmended')
  })
})
