import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addItem, getItem, listItems, moveItem, reachMilestone } from '#capabilities/ledger/model/index.ts'
import { clause, evaluation, evaluationReport, exportEvaluation } from '#capabilities/plan/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import { readDocument } from '#platform/documents/read.ts'
import { partsOf } from '#shell/router/address.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { takeOut } from '#test/kit/upload/files.ts'

/** 制度成果: from what is missing to the paper that was issued, and how the plan and its final evaluation tell of it. */
let test: TestProduct
let office: Actor
let lead: Actor
let leader: Actor
const ledger = 'institutions'

beforeAll(async () => {
  test = await openTestProduct('2026-10-12T09:00:00')
  office = await test.as('anwei')
  lead = await test.as('emergency-management')
  leader = await test.as('leader')
})
afterAll(() => test?.close())

const fields = { kind: 'rule', source: 'P4-3', need: '重大隐患反复出现没有约谈依据' }
const propose = (title: string, more: object = {}, listedOn = '2026-09-01') =>
  test.run(lead, addItem, {
    input: { ledger, title, bodyId: 'emergency-management', listedOn, fields: { ...fields, ...more } },
  })

class Rule {
  readonly recordId: string
  version: number
  constructor({ recordId, version }: { readonly recordId: string; readonly version: number }) {
    this.recordId = recordId
    this.version = version
  }
  async move(actor: Actor, move: string, on: string, more: object = {}): Promise<string> {
    const { recordId, version } = this
    const done = await test.run(actor, moveItem, { recordId, version, input: { move, on, ...more } })
    this.version = done.version
    return done.output.state
  }
  async fieldsRefused(actor: Actor, move: string): Promise<string[]> {
    const refusal = await this.move(actor, move, '2026-10-12').catch((error) => error)
    return refusal.fields?.map((one: { path: string }) => one.path)
  }
}

const papers = async () => ({ attachments: [await test.paper(lead, 'other')] })
const consulted = async () => ({
  fields: { draft: [await test.paper(lead, 'other')], asked: 24, consultedUntil: '2026-09-20' },
})
const answered = { opinions: 5, adopted: 3, answer: '采纳3条；2条与上位法不一致，不采纳' }
const issued = async () => ({
  ...(await papers()),
  fields: { document: '青安办〔2026〕12号', issuedOn: '2026-10-10', text: [await test.paper(lead, 'other')] },
})

async function issue(rule: Rule, on = '2026-10-10'): Promise<void> {
  await rule.move(lead, 'draft', '2026-09-05')
  await rule.move(lead, 'consult', '2026-09-10', await consulted())
  await rule.move(lead, 'review', '2026-09-21', { ...(await papers()), fields: answered })
  await rule.move(office, 'approve', '2026-10-09', { attachments: [await test.paper(office, 'other')] })
  await rule.move(lead, 'issue', on, await issued())
}

describe('a rule to be built', () => {
  it('goes from needed to issued by the hands of those who may, with opinions and paper', async () => {
    const rule = new Rule(await propose('重大隐患约谈制度'))
    expect(await refusalOf(rule.move(lead, 'issue', '2026-10-10', await issued()))).toBe('ledger.moveUnknown')
    expect(await rule.move(lead, 'draft', '2026-09-05')).toBe('drafting')
    expect(await rule.fieldsRefused(lead, 'consult')).toEqual(['fields.draft', 'fields.consultedUntil', 'fields.asked'])
    expect(await rule.move(lead, 'consult', '2026-09-10', await consulted())).toBe('consulting')
    const opinions = { ...(await papers()), fields: { opinions: 5 } }
    const refused = await rule.move(lead, 'review', '2026-09-21', opinions).catch((error) => error)
    expect(refused.fields.map(({ path }: { path: string }) => path)).toEqual(['fields.adopted', 'fields.answer'])
    const bare = rule.move(lead, 'review', '2026-09-21', { fields: answered })
    expect(await refusalOf(bare)).toBe('ledger.evidenceMissing')
    expect(await rule.move(lead, 'review', '2026-09-21', { ...(await papers()), fields: answered })).toBe('reviewing')
    expect(await refusalOf(rule.move(lead, 'approve', '2026-10-09', await papers()))).toBe('ledger.notYours')
    expect(await refusalOf(rule.move(leader, 'approve', '2026-10-09'))).toBe('core.notAllowed')
    expect(await rule.move(office, 'approve', '2026-10-09', await papersOf(office))).toBe('approved')
    const noText = { ...(await papers()), fields: { document: '青安办〔2026〕12号', issuedOn: '2026-10-10' } }
    const open = await rule.move(lead, 'issue', '2026-10-10', noText).catch((error) => error)
    expect(open.fields.map(({ path }: { path: string }) => path)).toEqual(['fields.text'])
    expect(await rule.move(lead, 'issue', '2026-10-10', await issued())).toBe('issued')
    const item = await test.ask(lead, getItem, { id: rule.recordId })
    expect(item).toMatchObject({ stateLabel: '印发', lateness: 'met', dueOn: '2026-12-31', doneOn: '2026-10-10' })
    expect(item.timeline.map(({ to }) => to)).toEqual(
      expect.arrayContaining(['拟建', '起草', '征求意见', '审议', '审议通过', '印发']),
    )
  })

  it('is sent back with its reason, and is deliberated again before it is issued', async () => {
    const rule = new Rule(await propose('动火作业报备制度'))
    await rule.move(lead, 'draft', '2026-09-05')
    await rule.move(lead, 'consult', '2026-09-10', await consulted())
    await rule.move(lead, 'review', '2026-09-21', { ...(await papers()), fields: answered })
    await rule.move(office, 'approve', '2026-09-25', await papersOf(office))
    expect(await refusalOf(rule.move(office, 'redraft', '2026-09-26'))).toBe('ledger.reasonMissing')
    expect(await rule.move(office, 'redraft', '2026-09-26', { reason: '与新修订的条例不一致' })).toBe('drafting')
    expect(await refusalOf(rule.move(lead, 'issue', '2026-10-10', await issued()))).toBe('ledger.moveUnknown')
  })

  it('that is repealed was issued on its day all the same, and spreads once it is issued', async () => {
    const rule = new Rule(await propose('举报奖励暂行办法', { plannedOn: '2026-10-11' }))
    await issue(rule)
    const reach = { milestone: 'spread', on: '2026-10-11', attachments: [await test.paper(office, 'other')] }
    const { recordId } = rule
    rule.version = (await test.run(office, reachMilestone, { recordId, version: rule.version, input: reach })).version
    const repeal = { ...(await papers()), reason: '由新的办法代替', fields: { repealPaper: '青安办〔2026〕15号' } }
    expect(await rule.move(lead, 'repeal', '2026-10-12', repeal)).toBe('repealed')
    const item = await test.ask(lead, getItem, { id: recordId })
    expect(item).toMatchObject({ stateLabel: '废止', lateness: 'met', doneOn: '2026-10-10' })
  })

  it('has a name of its own: the name of its body stands for none of its rules', async () => {
    const error = await propose('').catch((one) => one)
    expect(error.fields).toEqual([{ path: 'title', message: '请填写制度名称' }])
  })

  it('needs the paper that orders it where that is no clause named here', async () => {
    expect(await propose('未写依据的制度', { source: 'other' }).catch((error) => error.fields)).toEqual([
      { path: 'fields.otherSource', message: '请填写其他依据' },
    ])
    const error = await propose('没有这一条', { source: 'P9-9' }).catch((one) => one)
    expect(error.fields).toEqual([{ path: 'fields.source', message: '依据条款请在所列选项中选择' }])
  })
})

const papersOf = async (actor: Actor) => ({ attachments: [await test.paper(actor, 'other')] })

describe('the plan', () => {
  beforeAll(async () => {
    await propose('安全预防控制体系文件', { kind: 'system', source: 'P3-6', plannedOn: '2026-09-30' })
    await issue(new Rule(await propose('迟到的标准', { source: 'S4-1', plannedOn: '2026-10-01' })))
  })

  const standingOf = async (id: string, asOf?: string) => {
    const [tile = ''] = id.split('-')
    const { clauses } = await test.ask(office, clause, { id: tile, ...(asOf ? { asOf } : {}) })
    return clauses.find((one) => one.id === id)
  }

  it.each([
    ['P3-6', { due: 1, met: 0, late: 0, open: 0, missed: 1 }],
    ['P4-3', { due: 3, met: 2, late: 0, open: 1, missed: 0 }],
    ['S4-1', { due: 1, met: 0, late: 1, open: 0, missed: 0 }],
    ['S4-3', { due: 0, met: 0, late: 0, open: 0, missed: 0 }],
    ['P4-4', { due: 5, met: 2, late: 1, open: 1, missed: 1 }],
    ['P4-5', { due: 5, met: 2, late: 1, open: 1, missed: 1 }],
  ])('counts for %s the items that name it, and lists just these', async (id, counts) => {
    const found = await standingOf(id)
    expect(found?.later).toBeNull()
    const [mechanism] = found?.mechanisms ?? []
    expect(mechanism?.standing).toMatchObject(counts)
    const { to, search } = partsOf(mechanism?.standing?.list ?? '')
    expect(to).toBe('/ledgers/institutions')
    expect((await test.ask(office, listItems, { ledger, ...search })).total).toBe(counts.due)
  })

  it('knows how it stood before', async () => {
    const before = await standingOf('P3-6', '2026-09-30')
    expect(before?.mechanisms[0]?.standing).toMatchObject({ due: 1, open: 1, missed: 0 })
    expect((await standingOf('P4-3', '2026-10-01'))?.mechanisms[0]?.standing).toMatchObject({ due: 3, open: 3 })
    expect((await standingOf('P3-6', '2026-08-31'))?.mechanisms[0]?.standing).toMatchObject({ due: 0 })
  })

  it('is evaluated with each rule, its paper and how it was met', async () => {
    const { outcomes } = await test.ask(office, evaluation, {})
    const [own] = outcomes.registers.filter(({ title }) => title === '制度成果清单')
    expect(own).toMatchObject({ due: 5, met: 2, late: 1, open: 1, missed: 1 })
    expect(own?.states.filter(({ n }) => n > 0)).toEqual([
      { title: '拟建', n: 1 },
      { title: '起草', n: 1 },
      { title: '印发', n: 2 },
      { title: '废止', n: 1 },
    ])
    expect(outcomes.items[0]).toMatchObject({ title: '安全预防控制体系文件', lateness: 'missed', state: '拟建' })
    const done = outcomes.items.find(({ title }) => title === '重大隐患约谈制度')
    expect(done).toMatchObject({ body: '县应急管理局', clause: '具体制度（P4-3）', lateness: 'met' })
    expect(done?.facts).toContain('文号：青安办〔2026〕12号')
    const past = await test.ask(office, evaluation, { asOf: '2026-10-01' })
    const then = past.outcomes.items.find(({ title }) => title === '重大隐患约谈制度')
    expect(then).toMatchObject({ state: '审议', lateness: 'open', facts: '类别：制度' })
  })

  it('shows nobody the rules of bodies they do not answer for', async () => {
    const other = await test.as('civil-affairs')
    expect((await test.ask(other, evaluation, {})).outcomes.items).toEqual([])
    const mine = await test.ask(office, evaluation, { body: 'civil-affairs' })
    expect(mine.outcomes.registers.map(({ due }) => due)).toEqual([0, 0])
  })

  it('leaves with them as a table and as a Word document', async () => {
    const { sheets } = await takeOut(test, office, exportEvaluation)
    const sheet = sheets.find(({ name }) => name === '制度成果')
    const { outcomes } = await test.ask(office, evaluation, {})
    expect(sheet?.rows.map((row) => row[1])).toEqual(outcomes.items.map(({ title }) => title))
    expect(sheet?.rows.find((row) => row[1] === '迟到的标准')?.slice(4, 6)).toEqual(['印发', '逾期完成'])
    const downloads = test.product.modules.all.flatMap((module) => module.downloads ?? [])
    const word = await downloads
      .find(({ contract }) => contract.id === evaluationReport.id)
      ?.open(test.context(office), {})
    const path = join(test.home, 'evaluation.docx')
    await writeFile(path, word ? await buffer(word.body) : '')
    const read = await readDocument(path)
    const text = typeof read === 'string' ? read : read.map((one) => one.text).join('')
    for (const { title } of outcomes.items) expect(text).toContain(title)
    expect(text.replaceAll(/\s/g, '')).toContain('制度成果清单共5项')
  })
})
