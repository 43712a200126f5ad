import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'
import { PackError, readPack } from './read.ts'

const packs = join(projectRoot, 'packs')
let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'zhiben-refusals-'))
  await cp(join(packs, '_neutral'), join(root, '_neutral'), { recursive: true })
  for (const file of ['holidays.yaml', 'criteria-words.yaml', 'criteria/gongmao-2023.yaml']) {
    await cp(join(packs, '_national', file), join(root, '_national', file))
  }
})
afterAll(() => rm(root, { recursive: true, force: true }))

async function problemsOf(): Promise<readonly string[]> {
  try {
    await readPack(join(root, '_neutral'))
    return []
  } catch (error) {
    // Anything else would reach a person as a stack trace.
    if (error instanceof PackError) return error.problems
    throw error
  }
}

/** One mistake: in this file, this text replaced by that; said at the line of the words that begin with `where`. */
interface Mistake {
  readonly what: string
  readonly file: string
  readonly from: string
  readonly to: string
  /** Text that stands on the line it must be told at; the first line that was changed when it is left out. */
  readonly where?: string
  readonly says: string
}

/** A quote that is never closed ends with the file. */
const EOF = '@end'
const own = (name: string) => `_neutral/${name}`
const m = (file: string, what: string, from: string, to: string, says: string, where?: string): Mistake => ({
  ...{ file: file.startsWith('_national') ? file : own(file), what, from, to, says },
  ...(where === undefined ? {} : { where }),
})

const [pack, areas, bodies, sectors, matrix] = ['pack', 'areas', 'bodies', 'sectors', 'matrix'].map(
  (name) => `${name}.yaml`,
) as [string, string, string, string, string]
const [parameters, ledger, duties] = ['parameters.yaml', 'ledgers/library-loans.yaml', 'duties/duties.yaml']
const [outline, clauses] = ['plan/outline.yaml', 'plan/clauses/all.yaml']
const [holidays, criteria, words] = ['holidays', 'criteria/gongmao-2023', 'criteria-words'].map(
  (name) => `_national/${name}.yaml`,
) as [string, string, string]

const mistakes: readonly Mistake[] = [
  // Text that is no YAML.
  m(pack, 'a tab for an indent', '  - { id: act', '\t- { id: act', '制表符（Tab）'),
  m(areas, 'a bracket that is not closed', 'aliases: [东山] }', 'aliases: [东山 }', '不是正确的 YAML'),
  m(matrix, 'a key twice', 'gaps:', 'matrix: []\ngaps:', '同一项写了两次'),
  m(sectors, 'a quote that is not closed', 'name: 工贸,', 'name: "工贸,', '不是正确的 YAML', EOF),
  m(matrix, 'no blank behind a colon', 'role: lead', 'role:lead', '没有“role:lead”这一项'),
  m(ledger, 'an asterisk at the beginning', 'group: 借阅', 'group: *借阅', '请加引号'),
  m(pack, 'an empty file', '*', '', '文件是空的', ''),
  m(pack, 'a list instead of entries', '*', '- 甲\n- 乙\n', '应为若干项', '- 甲'),
  // pack.yaml
  m(pack, 'a wrong key', 'issuer:', 'isuer:', '没有“isuer”这一项，请删去或改正拼写'),
  m(pack, 'a missing key', 'issuer: 示例县安全生产委员会\n', '', '缺少“issuer”这一项，请补上', 'id: neutral'),
  m(pack, 'a day there is not', "issuedOn: '2024-03-01'", "issuedOn: '2024-02-30'", '日期应为真实存在的'),
  m(pack, 'a version without quotes', "version: '2026.11'", 'version: 2026.11', '应为文字（数字、日期要加引号）'),
  m(
    pack,
    'a county whose code is no county',
    "county: '990101'",
    "county: '990102'",
    'areas.yaml 里没有代码为“990102”',
  ),
  m(
    pack,
    'a stage that ends before it begins',
    "to: '2026-12-31', clause: P1",
    "to: '2023-12-31', clause: P1",
    '请对调',
  ),
  m(pack, 'a stage of a clause there is not', 'clause: P1 }', 'clause: P9 }', '方案里没有条款“P9”'),
  // areas, bodies, sectors, matrix
  m(areas, 'a code without quotes', "code: '990101100'", 'code: 990101100', '应为文字（数字、日期要加引号）'),
  m(
    areas,
    'an unknown parent',
    "parent: '990101', supervised: true, body: town-xihe",
    "parent: '990109', supervised: true, body: town-xihe",
    '上级区划“990109”不在 areas.yaml 里',
  ),
  m(
    areas,
    'an area that is its own parent',
    "name: 西河镇, level: town, parent: '990101'",
    "name: 西河镇, level: town, parent: '990101101'",
    '请核对两个代码',
  ),
  m(areas, 'the same code twice', "code: '990101101'", "code: '990101100'", '行政区划代码“990101100”写了两次'),
  m(areas, 'a level there is not', 'level: county', 'level: city', '层级只能是 county、town、zone 或 village'),
  m(areas, 'a body there is not', 'body: town-xihe', 'body: town-nobody', '机构“town-nobody”不在 bodies.yaml 里'),
  m(areas, 'nobody who is supervised', 'supervised: true', 'supervised: false', '没有一个督导单位', "code: '990101'"),
  m(
    bodies,
    'an area there is not',
    "kind: town, area: '990101100'",
    "kind: town, area: '990101199'",
    '行政区划“990101199”不在 areas.yaml 里',
  ),
  m(bodies, 'an id in capitals', 'id: emergency,', 'id: Emergency,', '机构代码应为小写英文加连字符'),
  m(bodies, 'no committee office', 'kind: committeeOffice', 'kind: committee', '没有县安委办'),
  m(bodies, 'two committee offices', 'kind: government', 'kind: committeeOffice', '县安委办只能有一个'),
  m(bodies, 'an id twice', 'id: town-xihe', 'id: town-dongshan', '机构代码“town-dongshan”写了两次'),
  m(sectors, 'a high risk without a reason', ', highRiskBasis: 示例', '', '须写明依据', 'id: fireworks'),
  m(
    sectors,
    'yes for true',
    'planSector: true, highRisk: false',
    'planSector: yes, highRisk: false',
    '应为true 或 false，现在是“yes”',
  ),
  m(matrix, 'an unknown sector', 'sector: industryTrade', 'sector: mining', '行业领域“mining”不在 sectors.yaml 里'),
  m(matrix, 'an unknown body', 'body: emergency', 'body: nobody', '机构“nobody”不在 bodies.yaml 里'),
  m(matrix, 'an unknown role', 'role: lead', 'role: chief', '角色只能是 lead、joint 或 participant'),
  m(
    matrix,
    'a gap of an unknown sector',
    'sectors: [fireworks]',
    'sectors: [firework]',
    '行业领域“firework”不在 sectors.yaml 里',
  ),
  m(matrix, 'an unknown clause', 'role: lead, clause: S1', 'role: lead, clause: S7-1', '方案里没有条款“S7-1”'),
  // parameters
  m(parameters, 'a parameter nobody asks for', 'id: plan.soonDays', 'id: plan.sonDays', '系统没有参数“plan.sonDays”'),
  m(
    parameters,
    'a parameter that is missing',
    'id: plan.soonDays',
    'id: plan.sonDays',
    '缺少系统要用的参数 plan.soonDays',
    'id: progress.reminder',
  ),
  m(parameters, 'a value out of its range', 'value: 0.1\n', 'value: 10\n', '请改正'),
  m(parameters, 'the same parameter twice on a day', 'id: signIn.lockMinutes', 'id: signIn.maxAttempts', '写了两次'),
  m(
    parameters,
    'a value in words',
    "value: 30\n    unit: 天\n    effectiveFrom: '2024-01-01'\n    source: 建议值。方案要求动态更新",
    "value: { 天: 30 }\n    unit: 天\n    effectiveFrom: '2024-01-01'\n    source: 建议值。方案要求动态更新",
    '应为',
  ),
  // the plan
  m(outline, 'a stage there is not', 'stage: act', 'stage: acting', '阶段“acting”不在 pack.yaml 的 stages 里'),
  m(outline, 'a number twice', 'id: C2, title', 'id: C1, title', '编号“C1”写了两次', 'id: C1, title: 隐患'),
  m(
    outline,
    'an unknown lead',
    'title: 统计通报, lead: [committee-office]',
    'title: 统计通报, lead: [office]',
    '机构“office”不在 bodies.yaml 里',
  ),
  m(clauses, 'an unknown mechanism', 'mechanisms: [hazard:zero]', 'mechanisms: [hazard:null]', '没有机制“hazard:null”'),
  m(
    clauses,
    'a clause that nothing serves',
    ', mechanisms: [hazard:zero]',
    '',
    '没有落实机制，也没有写等待什么',
    'id: T-2',
  ),
  m(clauses, 'a number twice', 'id: T-2', 'id: T-1', '条款编号“T-1”写了两次'),
  m(clauses, 'a window that ends first', "to: '2024-03-31' }", "to: '2023-03-31' }", '开始日期应不晚于结束日期'),
  m(clauses, 'an unknown kind', 'kind: inspection', 'kind: visit', '类型只能是'),
  // ledgers
  m(ledger, 'an unknown clause', 'clauses: [P1]', 'clauses: [P1-7]', '方案里没有条款“P1-7”'),
  m(ledger, 'an unknown sector', 'sectors: [industryTrade]', 'sectors: [trade]', '行业领域“trade”不在 sectors.yaml 里'),
  m(ledger, 'an unknown body', 'body: emergency\n', 'body: fire\n', '机构“fire”不在 bodies.yaml 里'),
  m(ledger, 'an unknown named rule', 'rule: daysBetween', 'rule: daysApart', '没有这条规则'),
  m(
    ledger,
    'a clause field that is no choice',
    'clauses: [P1]\n',
    'clauses: [P1]\nclauseField: pages\n',
    '字段“pages”的类型应为 choice',
    'clauseField',
  ),
  m(
    ledger,
    'a clause field without a clause',
    'clauses: [P1]\n',
    'clauses: [P1]\nclauseField: kind\n',
    '选项里没有条款编号',
    'clauseField',
  ),
  m(
    ledger,
    'a keeper there is not',
    'keepers: [office, department, town]',
    'keepers: [office, village]',
    '只能写 office、department',
  ),
  m(ledger, 'a step from nowhere', 'from: [lent, lost], to: returned', 'from: [], to: returned', '至少写一个起始状态'),
  m(
    ledger,
    'two ways to be due',
    'due: { field: borrowedOn',
    "due: { on: '2026-12-31', field: borrowedOn",
    '期限只写一种',
  ),
  // duties
  m(duties, 'a clause there is not', 'clauses: [C3-2]', 'clauses: [C3-9]', '方案里没有条款“C3-9”'),
  m(
    duties,
    'a population of a scale nobody has',
    'population: { units: {} }',
    'population: { units: { scales: [huge] } }',
    '规模 scales 没有“huge”，只能写 large、medium、small、micro',
  ),
  m(
    duties,
    'a population of no areas',
    'areas: { supervised: true, responsible',
    'areas: { responsible',
    '没有写明是哪些区域',
  ),
  m(duties, 'a quota of nothing', 'n: 2, unit: days', 'n: 0, unit: days', '次数应大于0'),
  m(duties, 'an unknown unit', 'n: 1, unit: times', 'n: 1, unit: visits', '单位 unit 只能是'),
  m(duties, 'a form nobody has', '{ form: visit }', '{ form: visits }', '没有记录表 visits'),
  m(duties, 'a source nobody keeps', 'source: hazard.selfCheck', 'source: hazard.check', '没有记录来源 hazard.check'),
  m(
    duties,
    'a parameter there is not',
    'parameter: duty.ownCheck.period',
    'parameter: duty.check',
    '没有参数 duty.check',
  ),
  // tasks
  m(
    'tasks/tasks.yaml',
    'an unknown body',
    'bodies: [emergency]',
    'bodies: [nobody]',
    '机构“nobody”不在 bodies.yaml 里',
  ),
  m('tasks/tasks.yaml', 'a day there is not', "on: '2026-09-30'", "on: '2026-09-31'", '日期应为真实存在的'),
  m(
    'tasks/tasks.yaml',
    'issued after it is due',
    "issued: '2026-01-05'",
    "issued: '2026-12-05'",
    '下达日期晚于完成期限',
  ),
  m('tasks/filings.yaml', 'a population that selects nobody', 'kinds: [town]', 'kinds: [zone]', '选不到任何机构'),
  m(
    'tasks/filings.yaml',
    'an id another task has',
    'id: yearly-list',
    'id: joint-drill',
    '任务代码“joint-drill”写了两次',
  ),
  m('tasks/filings.yaml', 'a year in words', 'years: [2024, 2025, 2026]', 'years: [二四]', '应为'),
  m(
    'tasks/meetings.yaml',
    'a meeting that ends before it begins',
    "to: '2024-06-30'",
    "to: '2023-06-30'",
    '请对调',
    'from:',
  ),
  m(
    'tasks/chains.yaml',
    'a chain of an unknown sector',
    'sector: fireworks',
    'sector: crackers',
    '行业领域“crackers”不在 sectors.yaml 里',
  ),
  m(
    'tasks/chains.yaml',
    'a link nobody known leads',
    'name: 经营许可, lead: emergency',
    'name: 经营许可, lead: nobody',
    '机构“nobody”不在',
  ),
  m(
    'tasks/stages.yaml',
    'an unknown stage',
    '{ stage: act, title: 各镇',
    '{ stage: acts, title: 各镇',
    '阶段“acts”不在',
  ),
  m(
    'tasks/stages.yaml',
    'a product of no task',
    "by: ['task:yearly-list']",
    "by: ['task:list']",
    '没有机制“task:list”',
  ),
  m('tasks/returns.yaml', 'an unknown clause', 'clauses: [S1]', 'clauses: [S9]', '方案里没有条款“S9”'),
  m(
    'tasks/returns.yaml',
    'returns of nobody',
    '{ kinds: [town, department] }',
    '{ bodies: [emergency], except: [emergency] }',
    '选不到任何机构',
  ),
  // what the whole country shares
  m(holidays, 'a day there is not', "'2023-01-02'", "'2023-01-32'", '日期应为真实存在的'),
  m(holidays, 'a year twice', 'year: 2024', 'year: 2023', '年份“2023”写了两次'),
  m(
    criteria,
    'an item of another standard',
    'id: gongmao-2023-3-1',
    'id: gongmao-2024-3-1',
    '应以标准代码 gongmao-2023- 开头',
  ),
  m(criteria, 'an item twice', 'id: gongmao-2023-3-2', 'id: gongmao-2023-3-1', '条目代码 gongmao-2023-3-1 重复'),
  m(words, 'a wrong key', 'means: [特种作业人员]', 'mean: [特种作业人员]', '没有“mean”这一项'),
]

/** The line the words stand on; without words, the first that the mistake changed. */
function lineOf(sound: string, wrong: string, where: string | undefined): number {
  const lines = wrong.split('\n')
  if (where === EOF) return lines.length
  const before = sound.split('\n')
  const at =
    where === undefined
      ? lines.findIndex((one, nth) => one !== before[nth])
      : lines.findIndex((one) => one.includes(where))
  return at + 1
}

describe('a mistake in a pack is refused with file, line and what to do', () => {
  it.each(mistakes.map((one) => [`${one.file}: ${one.what}`, one] as const))('%s', async (_what, mistake) => {
    const path = join(root, mistake.file)
    const sound = await readFile(path, 'utf8')
    const wrong = mistake.from === '*' ? mistake.to : sound.replaceAll(mistake.from, () => mistake.to)
    expect(wrong, 'the mistake was made').not.toBe(sound)
    await writeFile(path, wrong)
    const problems = await problemsOf().finally(() => writeFile(path, sound))
    const found = problems.find((problem) => problem.includes(mistake.says))
    expect(found, problems.join('\n')).toBeDefined()
    const line = lineOf(sound, wrong, mistake.where)
    expect(found, problems.join('\n')).toMatch(
      new RegExp(`^数据包文件 ${mistake.file.replaceAll('.', '\\.')} 第${line}行`),
    )
    for (const problem of problems) {
      expect(problem).not.toContain(root)
      // Words of a library about its own insides help nobody who writes a pack.
      expect(problem).not.toMatch(/[A-Za-z]+ [a-z]+ [a-z]+ [a-z]/)
    }
  })
})

describe('files', () => {
  const withFile = async (path: string, text: string) => {
    const whole = join(root, '_neutral', path)
    await mkdir(dirname(whole), { recursive: true })
    await writeFile(whole, text)
    return problemsOf().finally(() => rm(whole))
  }

  it('nobody reads are named, so that a misspelled name does not silently do nothing', async () => {
    for (const path of [
      'ledgers/trucks.yml',
      'tasks/task.yaml',
      'duty/duties.yaml',
      'area.yaml',
      'plan/clauses.yaml',
    ]) {
      const problems = await withFile(path, 'a: 1\n')
      expect(problems, path).toEqual([expect.stringContaining(`数据包文件 _neutral/${path} 不会被读取`)])
    }
    expect(await withFile('README.md', '说明')).toEqual([])
  })

  it('that are missing are named with where to learn what they hold', async () => {
    for (const name of ['pack.yaml', 'areas.yaml', 'matrix.yaml', 'parameters.yaml', 'plan/outline.yaml']) {
      const path = join(root, '_neutral', name)
      const text = await readFile(path, 'utf8')
      await rm(path)
      const problems = await problemsOf().finally(() => writeFile(path, text))
      expect(problems[0]).toBe(`数据包缺少文件 _neutral/${name}，请补上；各文件的写法见 docs/packs.md`)
    }
    const error = await readPack(join(root, 'no-such-pack')).catch((one: unknown) => one)
    expect(error).toBeInstanceOf(PackError)
    expect(String(error)).toContain('没有数据包文件夹 no-such-pack')
  })

  it('may say the same ledger or the same form only once, whichever file it is in', async () => {
    const twin = await readFile(join(root, own(ledger)), 'utf8')
    expect((await withFile('ledgers/twin.yaml', twin)).join()).toMatch(
      /ledgers\/twin\.yaml 第2行 id：台账代码“library-loans”与《图书借阅台账》/,
    )
    const forms = 'forms:\n  - { id: visit, title: 走访, by: body, people: 人员, note: 情况 }\n'
    expect((await withFile('duties/more.yaml', forms)).join()).toMatch(
      /duties\/more\.yaml 第2行 forms\.0\.id：代码 visit 前面已经用过/,
    )
  })

  it('with very many mistakes tell the first of them and how many more there are', async () => {
    const rows = Array.from({ length: 60 }, (_, nth) => `  - { id: Z-${nth}, wrong: ${nth} }`).join('\n')
    const problems = await withFile('plan/clauses/more.yaml', `clauses:\n${rows}\n`)
    expect(problems).toHaveLength(21)
    expect(problems.at(-1)).toMatch(/more\.yaml 另有\d+处/)
  })
})

it('the pack the mistakes are made in is sound', async () => {
  expect(mistakes.length).toBeGreaterThan(60)
  expect(await problemsOf()).toEqual([])
})
