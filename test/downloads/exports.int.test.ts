import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { criteriaExport, downloadItemSheet } from '#capabilities/criteria/model/index.ts'
import {
  addBodyPost,
  bodyPostExport,
  downloadRejectedUnits,
  downloadUnitTemplate,
  exportUnitCounts,
  peopleExport,
  unitExport,
} from '#capabilities/directory/model/index.ts'
import { deedExport, itemExport } from '#capabilities/duty/model/index.ts'
import { hazardExport, hazardList, listHazards, reportExport } from '#capabilities/hazard/model/index.ts'
import { accountExport } from '#capabilities/identity/model/index.ts'
import {
  addItem,
  downloadLedgerTemplate,
  downloadRejectedItems,
  exportItems,
} from '#capabilities/ledger/model/index.ts'
import {
  downloadRejected,
  downloadTemplate,
  importExport,
  importRowExport,
} from '#capabilities/ledgerimport/model/index.ts'
import { ledgerRig, row, workbook } from '#capabilities/ledgerimport/server/ledger.rig.ts'
import {
  chooseForBatch,
  draftBatch,
  exportBatch,
  listingExport,
  proposeListing,
} from '#capabilities/listing/model/index.ts'
import { evaluationReport, exportCoverage, exportEvaluation } from '#capabilities/plan/model/index.ts'
import { returnExport } from '#capabilities/progress/model/index.ts'
import { exportTable } from '#capabilities/statistics/model/index.ts'
import { auditExport, deliveryExport, refusalExport, takenOutExport } from '#capabilities/system/model/index.ts'
import { filingExport, meetingExport, recordMeeting, taskExport } from '#capabilities/task/model/index.ts'
import { operationPath, type QueryContract } from '#kernel/contract.ts'
import type { Actor } from '#kernel/grants.ts'
import { batchStage } from '#test/kit/batches.ts'
import { hazardStage } from '#test/kit/hazard-stage.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'
import { raiseAll } from '#test/kit/raising.ts'
import { takeOut } from '#test/kit/upload/files.ts'
import { openWeb } from '#test/kit/web.ts'
import { dutyRig } from '../duty/rig.ts'

let test: TestProduct
let importId: string
let stage: Awaited<ReturnType<typeof hazardStage>>

const batchId = '01900000-0000-7000-8000-00000000ba7c'
const hostile = '=HYPERLINK("http://a.cn","点我")的标牌'

beforeAll(async () => {
  test = await openTestProduct()
  stage = await hazardStage(test)
  const major = await stage.found(stage.inspector, { judgement: stage.major, description: hostile })
  const reason = '隐患重大且整改难度大'
  await test.run(stage.office, proposeListing, { input: { hazardId: major.id, level: 'county', reason } })
  await stage.found(stage.inspector, { judgement: { level: 'general' } })
  const body = { bodyId: 'town-muzhen', kind: 'principal', name: '书记甲' } as const
  await test.run(stage.office, addBodyPost, { input: body })
  await test.account('nobody', [])
  await somethingToTakeOut()
})
afterAll(() => test?.close())

const open = (actor: Actor, contract: Pick<QueryContract, 'id'>, input: object = {}) =>
  takeOut(test, actor, contract, input)

/** A refusal, an import, a yearly batch, what the plan asks for and a first export, so that no list is empty. */
async function somethingToTakeOut(): Promise<void> {
  const web = await openWeb(test)
  const { cookie } = await web.signIn('anwei')
  await web.get(operationPath(auditExport.contract.id), cookie, {})
  await web.get(operationPath(hazardExport.contract.id), cookie, {})
  await web.close()
  const batches = await batchStage(test)
  await test.run(batches.drafter, draftBatch, { recordId: batchId, input: { year: 2026 } })
  await batches.act(batches.drafter, batchId, chooseForBatch, batches.inputs.choose([await batches.hazard()]))
  const duties = dutyRig(test)
  await duties.advance()
  const [turn] = await duties.items(stage.office, { rule: 'town-supervision', period: '2026-Q4' })
  if (turn) await duties.record(stage.office, turn, 'supervision', ['2026-11-23'])
  const owner = { name: '机主甲', phone: '13812345678' }
  const tractor = { ledger: 'variant-tractors', title: hostile, area: '341723101', fields: { owner } }
  await test.run(await test.as('town-muzhen'), addItem, { input: tractor })
  await raiseAll(test)
  const meeting = {
    kind: 'study' as const,
    title: '集中学习',
    heldOn: '2026-11-20' as const,
    minutes: '学习安全生产重要论述',
  }
  await test.run(stage.office, recordMeeting, { input: { ...meeting, people: ['张三'] } })
  importId = await ledgerRig(test).start(await workbook([row('配电箱没有门')]), stage.office)
}

interface Logged {
  readonly actor_name: string
  readonly title: string
  readonly words: string
  readonly columns: string[]
  readonly rows: number
  readonly format: string
}

async function lastLogged(): Promise<Logged | undefined> {
  const { rows } = await sql<Logged>`
    select * from export_log where county = ${test.product.county} order by at desc, id desc limit 1`.execute(
    test.product.database.db,
  )
  return rows[0]
}

interface Case {
  readonly contract: QueryContract
  readonly input: object
  readonly title: string
  readonly words: string
  /** Whoever may take it out; the committee office where nobody is named. */
  readonly who?: string
}

/** Everything that leaves with data in it: with a narrowing that finds something, and what the audit says of it. */
const exports: readonly Case[] = [
  { contract: hazardExport.contract, input: { level: 'major' }, title: '隐患清单', words: '等级：重大' },
  { contract: reportExport.contract, input: { area: '341723100' }, title: '发现记录', words: '区域：蓉城镇' },
  { contract: unitExport.contract, input: { sector: 'industryTrade' }, title: '单位名录', words: '行业领域：工贸' },
  {
    contract: peopleExport.contract,
    input: { kind: 'principal' },
    title: '单位人员',
    words: '职务：主要负责人；只看在任',
  },
  {
    contract: bodyPostExport.contract,
    input: { bodyId: 'town-muzhen' },
    title: '机构人员',
    words: '机构：木镇镇人民政府；只看在任',
  },
  { contract: exportUnitCounts, input: { sector: 'industryTrade' }, title: '单位分布', words: '行业领域：工贸' },
  {
    contract: exportTable,
    input: { measure: 'standing', rows: 'area', columns: 'level', level: 'major' },
    title: '统计表：未销号，乡镇（开发区）×隐患等级',
    words: '等级：重大',
  },
  { contract: exportCoverage, input: { kind: 'team' }, title: '条款落实情况', words: '类型：专家队伍' },
  {
    contract: exportEvaluation,
    input: { area: '341723100' },
    title: '总结评估表',
    words: '乡镇（开发区）：蓉城镇',
  },
  {
    contract: taskExport.contract,
    input: { kind: 'task', bodyId: 'transport' },
    title: '任务清单',
    words: '类别：任务；承办单位：县交通运输局',
  },
  {
    contract: filingExport.contract,
    input: { kind: 'filing', year: '2025' },
    title: '备案清单',
    words: '类别：备案；年度：2025年',
  },
  { contract: meetingExport.contract, input: { kind: 'study' }, title: '会议和学习记录', words: '类别：学习' },
  { contract: returnExport.contract, input: { lateness: 'overdue' }, title: '进展报送汇总', words: '时限：逾期未报' },
  { contract: accountExport.contract, input: { role: 'inspector' }, title: '账号和授权', words: '角色：检查人员' },
  { contract: listingExport.contract, input: { level: 'county' }, title: '挂牌督办清单', words: '挂牌级别：县级' },
  {
    contract: exportBatch,
    input: { id: batchId },
    title: '年度挂牌名单',
    words: '2026年度第1批典型重大火灾隐患挂牌督办',
  },
  {
    contract: criteriaExport.contract,
    input: { sector: 'industryTrade', text: '有限空间' },
    title: '判定标准条文',
    words: '检索词：有限空间；行业领域：工贸',
  },
  {
    contract: importRowExport.contract,
    get input() {
      return { id: importId }
    },
    title: '台账各行',
    get words() {
      return `导入：${importId}`
    },
  },
  { contract: importExport.contract, input: {}, title: '我的导入', words: '' },
  {
    contract: auditExport.contract,
    input: { actor: '同志' },
    title: '办理记录',
    words: '办理人：同志',
    who: 'auditor',
  },
  {
    contract: refusalExport.contract,
    input: { actor: '同志' },
    title: '被拒绝的操作',
    words: '操作人：同志',
    who: 'auditor',
  },
  {
    contract: takenOutExport.contract,
    input: { actor: 'anwei' },
    title: '导出记录',
    words: '导出人：anwei',
    who: 'auditor',
  },
  { contract: itemExport.contract, input: { states: ['missed'] }, title: '履责清单', words: '状态：未履行' },
  { contract: deedExport.contract, input: { kind: 'area' }, title: '履责记录', words: '对象类型：区域' },
  {
    contract: exportItems,
    input: { ledger: 'variant-tractors', stateTypes: ['open'] },
    title: '变型拖拉机淘汰退出',
    words: '办理情况：在办',
  },
  { contract: deliveryExport.contract, input: { state: 'queued' }, title: '外部通知', words: '状态：待发送' },
]

const whoTakes = ({ who = 'anwei' }: Case) => test.as(who)

/** What leaves as a Word document is written down as well; test/plan/evaluation.int.test.ts looks into it. */
const reports: readonly Pick<QueryContract, 'id'>[] = [evaluationReport]

/** Forms without data of the county, and files given back to the one who sent them in. */
const notExports: readonly Pick<QueryContract, 'id'>[] = [
  downloadTemplate,
  downloadUnitTemplate,
  downloadRejected,
  downloadRejectedUnits,
  downloadItemSheet,
  downloadLedgerTemplate,
  downloadRejectedItems,
]

describe('every download', () => {
  it('is known here: as an export that is written down, or as one that takes nothing out', () => {
    const registered = test.product.modules.all.flatMap((module) => module.downloads ?? [])
    const known = [...exports.map(({ contract }) => contract), ...reports, ...notExports].map(({ id }) => id)
    expect(registered.map(({ contract }) => contract.id).sort()).toEqual(known.sort())
  })

  it.each(exports)('$title is written down with who, what, which columns and how many', async (one) => {
    const actor = await whoTakes(one)
    for (const format of ['xlsx', 'csv'] as const) {
      test.clock.advance(1000)
      const file = await open(actor, one.contract, { ...one.input, format })
      const [sheet] = file.sheets
      const about = file.sheets.at(-1)
      expect(file.name).toMatch(new RegExp(`\\.${format}$`))
      expect(sheet?.rows.length).toBeGreaterThan(0)
      expect(await lastLogged()).toMatchObject({
        actor_name: actor.name,
        title: one.title,
        words: one.words,
        columns: sheet?.head,
        rows: sheet?.rows.length,
        format,
      })
      if (format === 'csv') continue
      const facts = new Map(about?.rows.map(([what, words]) => [what, words]))
      expect(facts.get('行数')).toBe(sheet?.rows.length)
      expect(facts.get('筛选条件')).toBe(one.words || '无，即导出人能看到的全部')
      expect(facts.get('导出人')).toBe(actor.name)
    }
  })

  it.each(exports)('$title holds no text that a program would run', async (one) => {
    for (const format of ['xlsx', 'csv']) {
      const { sheets } = await open(await whoTakes(one), one.contract, { ...one.input, format })
      const texts = sheets.flatMap(({ rows }) => rows.flat()).filter((value) => typeof value === 'string')
      expect(texts.filter((value) => /^[\s\p{Cf}]*[=+\-@＝＋－＠]/u.test(value))).toEqual([])
    }
  })

  const withRight = exports.filter(({ contract }) => contract.permission !== 'session')
  it.each(withRight)(
    '$title is refused to whoever lacks the right to it, and not written down',
    async ({ contract }) => {
      const web = await openWeb(test)
      const { cookie } = await web.signIn('nobody')
      const before = await lastLogged()
      const answer = await web.get(operationPath(contract.id), cookie, {})
      expect(answer).toMatchObject({ status: 403, body: { code: 'core.notAllowed' } })
      expect(await lastLogged()).toEqual(before)
      await web.close()
    },
  )
})

describe('an export', () => {
  it('has the columns the person chose, in their order, and the rows as they are sorted', async () => {
    const columns = ['foundOn', 'description', 'number']
    const file = await open(stage.office, hazardExport.contract, { columns, sort: 'number' })
    expect(file.sheets[0]?.head).toEqual(['发现日期', '隐患内容', '编号'])
    const numbers = file.sheets[0]?.rows.map((row) => row[2])
    expect(numbers).toEqual([...(numbers ?? [])].sort())
    const { rows } = await test.ask(stage.office, listHazards, { sort: '-number' })
    const down = await open(stage.office, hazardExport.contract, { columns: ['number'], sort: '-number' })
    expect(down.sheets[0]?.rows.flat()).toEqual(rows.map(({ number }) => number))
    expect(down.sheets[0]?.rows.flat()).toEqual([...(numbers ?? [])].reverse())
  })

  it('says the text of every cell, those that hold several facts in a column each', async () => {
    const { sheets } = await open(stage.office, hazardExport.contract, { level: 'major', area: '341723100' })
    const row = Object.fromEntries(sheets[0]?.head.map((title, at) => [title, sheets[0]?.rows[0]?.[at]]) ?? [])
    expect(row).toMatchObject({
      隐患内容: `'${hostile}`,
      状态: '已登记',
      是否逾期: '否',
      挂牌督办: '未挂牌',
      等级: '重大',
    })
  })

  it('refuses a column the list does not have, by name of the field', async () => {
    await expect(open(stage.office, hazardExport.contract, { columns: ['number', 'gone'] })).rejects.toMatchObject({
      fields: [{ path: 'columns', message: expect.stringContaining('刷新页面') }],
    })
    await expect(open(stage.office, hazardExport.contract, { columns: [] })).rejects.toThrow('请至少选择一列')
  })

  it('holds only what its person may take out', async () => {
    const elsewhere = await test.as('town-miaoqian')
    expect((await open(elsewhere, hazardExport.contract)).sheets[0]?.rows).toEqual([])
    expect((await open(elsewhere, unitExport.contract)).sheets[0]?.rows).toEqual([])
    expect((await open(stage.clerk, hazardExport.contract)).sheets[0]?.rows).toHaveLength(2)
  })

  it('masks personal numbers wherever the screen masks them', async () => {
    const phones = async (actor: Actor) =>
      (await open(actor, peopleExport.contract, { columns: ['phone'] })).sheets[0]?.rows.flat()
    for (const phone of (await phones(stage.clerk)) ?? []) expect(phone).toMatch(/^1\d\d\*{4}\d{4}$/)
    for (const phone of (await phones(stage.office)) ?? []) expect(phone).toMatch(/^1\d{10}$/)
    expect(await phones(stage.clerk)).toHaveLength(2)
  })

  it('says that made-up data is made up, whichever it is', async () => {
    test.product.markDemo()
    for (const one of exports) {
      const { contract, input } = one
      const actor = await whoTakes(one)
      const book = await open(actor, contract, input)
      expect(book.name).toContain('（演示数据）')
      expect(book.sheets[0]?.name).toContain('（演示数据）')
      const csv = await open(actor, contract, { ...input, format: 'csv' })
      expect(csv.sheets[0]?.head[0]).toContain('演示数据')
    }
  })

  it('has a text for every column that can be chosen', async () => {
    const columns = hazardList.columns.map(({ key }) => key)
    const { sheets } = await open(stage.office, hazardExport.contract, { columns })
    // State opens into four facts, one of which is a column of its own as well.
    expect(sheets[0]?.head).toHaveLength(columns.length + 2)
    expect(new Set(sheets[0]?.head).size).toBe(columns.length + 2)
  })
})
