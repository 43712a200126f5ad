import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  comparePlans,
  confirmProposals,
  decideProposal,
  discardPlan,
  getPlanDocument,
  issuePlan,
  listPlanDocuments,
  type ProposalView,
  readPlanDocument,
} from '#capabilities/plandocument/model/index.ts'
import { planInForce } from '#capabilities/plandocument/server/module.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { openTestProduct, refusalOf, type TestProduct } from '#test/kit/product.ts'
import { pdfOf } from '#test/kit/upload/documents.ts'

let test: TestProduct
let office: Actor
let second: Actor
let plan: string

beforeAll(async () => {
  test = await openTestProduct('2026-11-24T09:00:00')
  office = await test.as('anwei')
  const grants = office.grants.map((grant) => ({ ...grant, sectors: grant.sectors && [...grant.sectors] }))
  second = await test.account('anwei-second', grants)
  plan = await readFile(new URL('./fixtures/qingyang.txt', import.meta.url), 'utf8')
})
afterAll(() => test?.close())

async function upload(content: string | Buffer, name: string, actor = office): Promise<string> {
  const bytes = Buffer.from(content)
  const id = newId(test.clock.now().getTime())
  const { files, database } = test.product
  const now = test.clock.now()
  await files.begin(database.db, actor, { id, name, size: bytes.length, purpose: 'other', capturedAt: null }, now)
  await files.append(database.db, actor, id, 0, bytes, now)
  await files.finish(database.db, actor, id, now)
  return id
}
const attached = (uploadId: string) => ({ attachments: [{ uploadId, purpose: 'other' as const, caption: '' }] })
const read = async (content: string | Buffer, name = '方案.txt', actor = office) =>
  test.run(actor, readPlanDocument, { input: attached(await upload(content, name, actor)) })
const opened = (id: string) => test.ask(office, getPlanDocument, { id })
const decide = (
  one: Pick<ProposalView, 'id' | 'version'>,
  input: Parameters<typeof decideProposal.input.parse>[0],
  actor = office,
) => test.run(actor, decideProposal, { recordId: one.id, version: one.version, input: input as never })
const confirmAll = async (id: string) => {
  const { document, proposals } = await opened(id)
  const seen = proposals
    .filter(({ decision }) => decision === 'open')
    .map(({ id: of, version }) => ({ id: of, version }))
  return test.run(office, confirmProposals, { recordId: id, version: document.version, input: { seen } })
}
const small = (days = 2, more = '') => `某县安全生产治本攻坚三年行动方案（2024—2026年）
一、主要任务
（一）责任落实行动
1.开展督导。县安委办每季度对每个乡镇开展不少于${days}个工作日的督导。
2.健全数据库。2024年底前建立重大事故隐患数据库。（责任单位：县应急管理局）
${more}二、工作要求
（一）报送情况。每季度末月25日前报送进展。
`

describe('a document', () => {
  it('is read whole, with every proposal in the sentence it came from', async () => {
    const { recordId, output } = await read(plan, '青阳县方案.txt')
    const { document, clauses, proposals } = await opened(recordId)
    expect(document).toMatchObject({ state: 'deciding', fileName: '青阳县方案.txt', number: null, decided: 0 })
    expect(output.proposals).toBe(proposals.length)
    expect(new Set(proposals.map(({ kind }) => kind))).toEqual(new Set(['task', 'duty', 'ledger', 'matrix']))
    expect(proposals.filter(({ kind }) => kind === 'matrix')).toHaveLength(34)
    for (const { clause, offset, sentence } of proposals) {
      expect(clause).not.toBeNull()
      expect(clauses[clause ?? 0]?.text.slice(offset, offset + sentence.length)).toBe(sentence)
    }
    // The county's own bodies are known by their ids.
    expect(proposals.filter(({ kind, facts }) => kind === 'matrix' && facts.who[0]?.bodyId === null)).toEqual([])
    expect((await test.ask(office, listPlanDocuments, {})).rows.map(({ id }) => id)).toContain(recordId)
    await test.run(office, discardPlan, { recordId, version: document.version, input: { reason: '只是试读一次' } })
    expect(await refusalOf(confirmAll(recordId))).toBe('plandocument.closed')
  })

  const noPlans: readonly (readonly [string, () => string | Buffer, string, string])[] = [
    ['没有条文.txt', () => '今天天气很好，没有方案。', 'plandocument.noClauses', '没有读到带序号的条文'],
    ['太长.txt', () => `一、任务\n${'很长的话。'.repeat(90_000)}`, 'plandocument.tooLong', '最多40万字'],
    ['扫描件.pdf', () => pdfOf([[], []]), 'plandocument.unreadable', '多半是扫描件'],
    ['加密.pdf', () => pdfOf([[{ text: '一、任务' }]], true), 'plandocument.unreadable', '去掉密码'],
    ['坏.pdf', () => '%PDF-1.4\nnothing\nstartxref\n0\n%%EOF\n', 'plandocument.unreadable', 'PDF 已损坏'],
    ['三百零一页.pdf', () => pdfOf(Array.from({ length: 301 }, () => [])), 'plandocument.unreadable', '超过 300 页'],
  ]
  it.each(noPlans)('that is no plan is refused in words: %s', async (name, content, refusal, words) => {
    const reading = read(content(), name)
    const problem = await reading.catch((error: Error) => error)
    expect(problem).toMatchObject({ message: expect.stringContaining(words) })
    expect(await refusalOf(read(content(), name))).toBe(refusal)
  })

  it.each([
    ['截断.pdf', '%PDF-1.4\nnothing of it', '不是完整的 PDF 文件，请重新导出'],
    ['截断.docx', 'PK\x03\x04 broken', '已损坏，无法作为 Word 或 Excel 文件打开'],
  ])('that is cut off does not get past the door: %s', async (name, content, words) => {
    await expect(read(content, name)).rejects.toMatchObject({ message: expect.stringContaining(words) })
  })

  it('of somebody else is not there', async () => {
    const uploadId = await upload(small(), '方案.txt', second)
    expect(await refusalOf(test.run(office, readPlanDocument, { input: attached(uploadId) }))).toBe(
      'plandocument.uploadUnknown',
    )
  })

  it('is for the committee office to decide, for leaders to look at and for nobody else', async () => {
    const { recordId } = await read(small())
    const { proposals } = await opened(recordId)
    const [first] = proposals
    if (!first) throw new Error('no proposals')
    const leader = await test.as('leader')
    expect((await test.ask(leader, getPlanDocument, { id: recordId })).proposals).toHaveLength(proposals.length)
    expect(await refusalOf(decide(first, { decision: 'confirmed' }, leader))).toBe('core.notAllowed')
    const unit = await test.as('unit001')
    expect(await refusalOf(decide(first, { decision: 'confirmed' }, unit))).toBe('core.notFound')
    expect(await refusalOf(read(small(), '方案.txt', leader))).toBe('core.notAllowed')
    expect(await refusalOf(test.ask(office, getPlanDocument, { id: newId(0) }))).toBe('plandocument.documentUnknown')
  })
})

describe('a proposal', () => {
  it('is confirmed, put right or rejected, and a decision is taken back', async () => {
    const { recordId } = await read(small())
    const { proposals } = await opened(recordId)
    const duty = proposals.find(({ kind, facts }) => kind === 'duty' && facts.ruleWords !== null)
    if (!duty) throw new Error('no duty')
    const facts = {
      what: '报送工作进展',
      who: [{ role: 'responsible' as const, body: '县应急管理局' }],
      period: 'quarter' as const,
      ruleWords: '每季度末月20日前',
    }
    const { version } = await decide(duty, { decision: 'confirmed', facts })
    const after = (await opened(recordId)).proposals.find(({ id }) => id === duty.id)
    expect(after).toMatchObject({ decision: 'edited', facts: { rule: 'quarter:3-20', what: '报送工作进展' } })
    expect(after?.proposed.rule).toBe('quarter:3-25')
    const unclear = decide(
      { id: duty.id, version },
      { decision: 'confirmed', facts: { ...facts, ruleWords: '到时候' } },
    )
    expect(await refusalOf(unclear)).toBe('plandocument.ruleUnclear')
    const reversed = { ...facts, from: '2025-02-01', to: '2025-01-01' }
    expect(await refusalOf(decide({ id: duty.id, version }, { decision: 'confirmed', facts: reversed }))).toBe(
      'plandocument.daysReversed',
    )
    await decide({ id: duty.id, version }, { decision: 'open' })
    expect((await opened(recordId)).document.decided).toBe(0)
  })

  it('is decided once: sent again it answers the same, and whoever comes second is told', async () => {
    const { recordId } = await read(small())
    const [one, other] = (await opened(recordId)).proposals
    if (!one || !other) throw new Error('no proposals')
    const call = {
      recordId: one.id,
      version: one.version,
      actionId: newId(1),
      input: { decision: 'confirmed' as const },
    }
    const first = await test.run(office, decideProposal, call)
    expect(await test.run(office, decideProposal, call)).toEqual({ ...first, replayed: true })
    expect(await refusalOf(decide(one, { decision: 'rejected' }, second))).toBe('core.staleVersion')
    // Two people side by side, each on a proposal of their own.
    await decide(other, { decision: 'rejected', reason: '不归本县' }, second)
    const { document, proposals } = await opened(recordId)
    expect(document.decided).toBe(2)
    // What the second has decided meanwhile is left as it is.
    const seen = [one, other, ...proposals.slice(2)].map(({ id, version }) => ({ id, version }))
    const { output } = await test.run(office, confirmProposals, {
      recordId,
      version: document.version,
      input: { seen },
    })
    expect(output).toEqual({ confirmed: proposals.length - 2, skipped: 2 })
    expect((await opened(recordId)).proposals.find(({ id }) => id === other.id)?.decision).toBe('rejected')
  })
})

it('makes versions of the plan that follow each other, each with what it changed', async () => {
  const first = (await read(small())).recordId
  const before = await opened(first)
  const issue = (id: string, version: number, note = '') =>
    test.run(office, issuePlan, { recordId: id, version, input: { note } })
  expect(await refusalOf(issue(first, before.document.version))).toBe('plandocument.undecided')
  await confirmAll(first)
  const [ledger] = (await opened(first)).proposals.filter(({ kind }) => kind === 'ledger')
  if (ledger) await decide(ledger, { decision: 'rejected' })
  const issued = await issue(first, (await opened(first)).document.version, '首次定稿')
  const kept = (await opened(first)).proposals.filter(({ decision }) => decision !== 'rejected')
  expect(issued.output).toEqual({ number: 1, kept: kept.length })
  expect((await planInForce(test.product.database.db, office.county))?.proposals).toHaveLength(kept.length)
  // Nothing of a version that was issued is changed.
  const [some] = kept
  if (some) expect(await refusalOf(decide(some, { decision: 'rejected' }))).toBe('plandocument.closed')

  const next = (await read(small(3, '3.组织培训。2025年6月底前完成培训。\n'))).recordId
  const { proposals, document } = await opened(next)
  expect(document.title).toContain('某县')
  // Sentences that stand as they stood bring what was made of them.
  expect(proposals.find(({ facts }) => facts.ruleWords?.includes('末月'))?.earlier).toBe('confirmed')
  const { changes, against } = await test.ask(office, comparePlans, { id: next })
  expect(against?.number).toBe(1)
  expect(changes.map(({ kind, path }) => [kind, path])).toEqual([
    ['changed', '一.（一）1'],
    ['added', '一.（一）3'],
  ])
  expect(changes[1]?.dates.after).toEqual(['2025年6月底前（～2025-06-30）'])
  await confirmAll(next)
  expect((await issue(next, (await opened(next)).document.version)).output.number).toBe(2)
  const same = await test.ask(office, comparePlans, { id: first, against: first })
  expect(same.changes).toEqual([])
})
