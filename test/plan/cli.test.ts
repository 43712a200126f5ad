import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'
import { docx, p, pdfOf } from '#test/kit/upload/documents.ts'
import { ran, typed } from './typed.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zhiben-plan-'))
})
afterAll(() => rm(folder, { recursive: true }))

const read = (...args: string[]) => ran({ ZHIBEN_HOME: folder }, 'plan', 'read', ...args)

const lines = [
  '某县安全生产治本攻坚三年行动方案（2024—2026年）',
  '一、主要任务',
  '（一）责任落实行动',
  '1.开展督导。县安委办每季度督导不少于1次。',
  '2.开展排查。2024年6月底前完成。',
]

it('prints the outline of a plan as a tree, and what it says', async () => {
  const { code, stdout } = await read(join(projectRoot, 'test/plan/fixtures/qingyang.txt'))
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
    const { code, stdout, stderr } = await read(...args)
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

/** Documents nobody can read, each with what is said of it. */
async function unreadable() {
  const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')
  const page = [{ text: '一、主要任务' }]
  const bad = {
    '扫描件.pdf': [pdfOf([[], []]), '多半是扫描件'],
    '加密.pdf': [pdfOf([page], true), '去掉密码'],
    '三百零一页.pdf': [pdfOf(Array.from({ length: 301 }, () => page)), '超过 300 页'],
    '坏.pdf': [Buffer.from('%PDF-1.4\nnothing of it'), 'PDF 已损坏'],
    '截断.docx': [(await docx(p('正文'))).subarray(0, 200), 'Word 文件已损坏'],
    '加密.docx': [Buffer.concat([compound, Buffer.from('EncryptedPackage', 'utf16le')]), '打开密码'],
    '旧版.doc': [Buffer.concat([compound, Buffer.alloc(600)]), '旧版 .doc'],
    '空.txt': [Buffer.from(' \n'), '没有文字'],
  } as const
  return Promise.all(
    Object.entries(bad).map(async ([name, [bytes, words]]) => {
      await writeFile(join(folder, name), bytes)
      return [[join(folder, name)], words] as const
    }),
  )
}

it('says what is wrong, with exit code 2 and nothing on standard output', async () => {
  const zip = join(folder, 'b.docx')
  await writeFile(zip, 'PK\x03\x04 broken')
  for (const [args, words] of [
    [[join(folder, 'none.txt')], '没有找到文件'],
    [[folder], '是文件夹'],
    [[], '请写明文件'],
    [[zip, '--json'], 'Word 文件已损坏'],
    [[zip, '--xml'], '看不懂的参数'],
    ...(await unreadable()),
  ] as const) {
    const { code, stdout, stderr } = await read(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(words)
  }
})

it('answers a process of its own: JSON alone on standard output, words alone on standard error, 0 and 2', async () => {
  const file = join(folder, 'own.txt')
  await writeFile(file, lines.join('\n'))
  const own = (...args: string[]) => typed({ ZHIBEN_HOME: folder }, folder, 'plan', 'read', ...args)
  const [good, bad] = await Promise.all([own(file, '--json'), own(join(folder, 'none.txt'))])
  expect([good.code, good.stderr, JSON.parse(good.stdout).counts.measures]).toEqual([0, '', 2])
  expect([bad.code, bad.stdout]).toEqual([2, ''])
  expect(bad.stderr).toContain('没有找到文件')
})
