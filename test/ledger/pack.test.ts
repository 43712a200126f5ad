import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PackError, readPack } from '#apps/packs/read.ts'
import { projectRoot } from '#platform/config/config.ts'

/** Rows of the plan that ask for a list of things with states and a deadline, each by its clause. */
const coverage =
  'M04-3 M04-4 M04-5 M04-6 M04-7 M04-8 M04-9 M05-4 M06-2 M06-3 M06-4 M06-5 M06-6 M06-7 M06-8 M07-3 M07-4 M07-5 M07-6 M07-12 ' +
  'M08-2 M08-5 M08-7 M09-2 M09-3 M10-3 M10-13 M11-2 M11-3 M11-8 M12-2 M12-4 M12-5 M12-6 M12-7 M12-8 M18-5 M18-6 M18-7 ' +
  'M19-1 M19-2 M19-3 M19-4 M19-5 M19-6 M19-8 M19-11 M19-12 M19-13 M20-1 M20-2 M20-3 M20-4 M20-5 M20-6 M20-8 M20-9 ' +
  'M24-2 M24-3 M25-3 M29-2 P2-2'

describe('the ledgers of the plan', () => {
  it('answer every clause that asks for one, and contradict nothing', async () => {
    const pack = await readPack(join(projectRoot, 'packs/qingyang-2024-2026'))
    const served = new Set(pack.ledgers.flatMap(({ clauses }) => clauses))
    expect(coverage.split(' ')).toHaveLength(62)
    expect(coverage.split(' ').filter((clause) => !served.has(clause))).toEqual([])
  })

  it('have days only where the plan or the pack gives one', async () => {
    const { ledgers } = await readPack(join(projectRoot, 'packs/qingyang-2024-2026'))
    const dayOf = (id: string) => ledgers.find((ledger) => ledger.id === id)?.due?.on
    expect(
      ['variant-tractors', 'fire-water', 'self-built-houses', 'metal-monitoring', 'dust-monitoring'].map(dayOf),
    ).toEqual(Array.from({ length: 5 }, () => '2025-12-31'))
    expect(dayOf('officer-training')).toBe('2026-12-31')
  })
})

describe('a ledger that is not right', () => {
  let folder: string
  const path = () => join(folder, '_neutral/ledgers/library-loans.yaml')
  let sound: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zhiben-packs-'))
    for (const name of ['_neutral', '_national'])
      await cp(join(projectRoot, 'packs', name), join(folder, name), { recursive: true })
    sound = await readFile(path(), 'utf8')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const told = async (before: string | RegExp, after: string): Promise<readonly string[]> => {
    const broken = sound.replace(before, after)
    expect(broken).not.toBe(sound)
    await writeFile(path(), broken)
    try {
      await readPack(join(folder, '_neutral'))
      return []
    } catch (error) {
      if (error instanceof PackError) return error.problems
      throw error
    } finally {
      await writeFile(path(), sound)
    }
  }
  const line = (words: string) => sound.split('\n').findIndex((one) => one.includes(words)) + 1
  const at = (words: string) => `数据包文件 _neutral/ledgers/library-loans.yaml 第${line(words)}行`

  it.each([
    ['an unknown field type', 'type: month }', 'type: moon }', 'id: printedIn', 'fields.5.type：没有这种字段类型'],
    [
      'a move to a state that is not there',
      'to: paid,',
      'to: gone,',
      'id: pay,',
      '没有状态“gone”，可用：lent、lost、returned、paid',
    ],
    ['a field a move needs that is not there', 'needs: [paid]', 'needs: [pait]', 'id: pay,', '没有字段“pait”'],
    ['a name that is not in the form', 'about: ', 'abuot: ', 'abuot', '没有“abuot”这一项，请删去或改正拼写'],
    ['a rule that is not there', 'rule: daysBetween', 'rule: daysUntil', 'id: kept', '没有这条规则'],
    [
      'a condition with two meanings',
      '{ field: rare, is: true }, shownWhen',
      '{ field: rare, is: true, has: 1 }, shownWhen',
      'id: permit',
      '一个条件只写一件事',
    ],
    [
      'a condition about a field that is not there',
      'shownWhen: { field: rare,',
      'shownWhen: { field: raer,',
      'id: permit',
      '没有字段“raer”',
    ],
    [
      'a deadline by a field that is no day',
      'due: { field: borrowedOn',
      'due: { field: pages',
      'due:',
      '字段“pages”的类型应为 day',
    ],
    [
      'a state nothing leads to',
      '  paid: { title: 已赔偿, type: closed }',
      '  paid: { title: 已赔偿, type: closed }\n  burnt: { title: 焚毁, type: closed }',
      'paid: { title: 已赔偿',
      '没有一步能走到状态“burnt”',
    ],
    ['an id in capitals', 'id: library-loans', 'id: Library', 'id: library-loans', '台账代码应为小写英文'],
  ])('%s is refused with its file, its line and what to do', async (_what, before, after, where, words) => {
    const problems = await told(before, after)
    const shown = where === 'abuot' ? at('about: ') : at(where)
    const expected = where.startsWith('paid: {')
      ? `数据包文件 _neutral/ledgers/library-loans.yaml 第${line(where) + 1}行`
      : shown
    const found = problems.find((problem) => problem.includes(words))
    expect(found, problems.join('\n')).toBeDefined()
    expect(found?.startsWith(expected), `${found} at ${expected}`).toBe(true)
  })

  it('text that is no YAML is refused with its line', async () => {
    const [problem] = await told('start: lent', 'start: [lent')
    expect(problem).toMatch(/第\d+行：不是正确的 YAML/)
  })
})
