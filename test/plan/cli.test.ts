import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'
import { docx, p, pdfOf } from '#test/kit/upload/documents.ts'

const run = promisify(execFile)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhiben-plan-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function typed(...args: string[]) {
  const main = join(projectRoot, 'src/apps/cli/main.ts')
  try {
    const environment = { ...process.env, ZHIBEN_HOME: folder }
    const { stdout, stderr } = await run(process.execPath, [main, 'plan', 'read', ...args], {
      env: environment,
      cwd: folder,
      maxBuffer: 1e8,
    })
    return { code: 0, stdout, stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, stdout, stderr }
  }
}

const lines = [
  '某县安全生产治本攻坚三年行动方案（2024—2026年）',
  '一、主要任务',
  '（一）责任落实行动',
  '1.开展督导。县安委办每季度督导不少于1次。',
  '2.开展排查。2024年6月底前完成。',
]

it('prints the outline of a plan as a tree, and what it says', async () => {
  const { code, stdout } = await typed(join(projectRoot, 'test/plan/fixtures/qingyang.txt'))
  expect(code).toBe(0)
  expect(stdout).toContain('行动 8，措施 31，阶段 4，保障措施 6')
  expect(stdout).toContain('牵头机构 16，牵头关系 34，期限 25，频次 8')
  expect(stdout).toMatch(/\n {4}1\. 常态化推进安全生产督导工作\n/)
})

it.each(['txt', 'docx', 'pdf'])('prints JSON and nothing else of a .%s', async (kind) => {
  const file = join(folder, `a.${kind}`)
  const make = {
    txt: async () => lines.join('\n'),
    docx: () => docx(lines.map((line) => p(line)).join('')),
    pdf: async () => pdfOf([lines.map((text) => ({ text }))]),
  }
  await writeFile(file, await make[kind as 'txt' | 'docx' | 'pdf']())
  for (const args of [
    [file, '--json'],
    ['--json', file],
  ]) {
    const { code, stdout, stderr } = await typed(...args)
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout).counts).toEqual({
      actions: 1,
      measures: 2,
      stages: 0,
      safeguards: 0,
      leadBodies: 0,
      leadRelations: 0,
      deadlines: 1,
      frequencies: 1,
    })
    expect(JSON.parse(stdout).proposals).toHaveLength(2)
  }
})

it('says what is wrong, with exit code 2 and nothing on standard output', async () => {
  const zip = join(folder, 'b.docx')
  await writeFile(zip, 'PK\x03\x04 broken')
  for (const [args, words] of [
    [[join(folder, 'none.txt')], '没有找到文件'],
    [[folder], '是文件夹'],
    [[], '请写明文件'],
    [[zip, '--json'], 'Word 文件已损坏'],
    [[zip, '--xml'], '看不懂的参数'],
  ] as const) {
    const { code, stdout, stderr } = await typed(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(words)
  }
})
