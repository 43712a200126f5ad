import {
  type Clause,
  type KnownBody,
  type PlanReading,
  proposalsOf,
  readPlan,
} from '#capabilities/planreading/model/index.ts'
import type { Paragraph } from '#kernel/document/lines.ts'
import type { Config } from '#platform/config/config.ts'
import { readDocument } from '#platform/documents/read.ts'
import { readNames } from '../packs/names.ts'
import { type Bare, readArgs, type Say, UsageError } from './command.ts'

export const planRead: Bare = {
  words: 'plan read',
  usage: 'plan read 文件 [--json]',
  purpose: '读一份方案（.docx、.pdf、.txt），列出条文结构、责任主体、期限、频次和牵头分工；--json 输出全部结果和计数',
  prepare(args) {
    const file = args.find((one) => !one.startsWith('--'))
    if (file === undefined) throw new UsageError(`请写明文件：${planRead.usage}`)
    const json =
      readArgs(
        args.filter((one) => one !== file),
        { json: { type: 'boolean' } },
      ).json === true
    return async (config, say) => {
      const source = await documentOf(file)
      const reading = readPlan(source, await bodiesFor(source, config))
      if (json) say(JSON.stringify({ ...reading, proposals: proposalsOf(reading) }))
      else report(reading, say)
      return 0
    }
  },
}

function documentOf(file: string): Promise<string | readonly Paragraph[]> {
  return readDocument(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UsageError(`没有找到文件 ${file}`)
    if (error.code === 'EISDIR') throw new UsageError(`${file} 是文件夹，请写明其中的方案文件`)
    if (error.code === 'EACCES') throw new UsageError(`没有权限读取 ${file}`)
    throw error
  })
}

/** Names of this county's bodies help with its own plan; another county's bodies must not be taken for them. */
async function bodiesFor(source: string | readonly Paragraph[], config: Config): Promise<readonly KnownBody[]> {
  const text = typeof source === 'string' ? source : source.map((paragraph) => paragraph.text).join('\n')
  const { county, bodies } = await readNames(config.packDir)
  return county !== '' && text.replaceAll(/\s/g, '').includes(county) ? bodies : []
}

function report(reading: PlanReading, say: Say): void {
  const { letter, structure, finds, rows, leads, counts, outline } = reading
  if (letter.title) say(letter.title)
  if (letter.number) say(`文号：${letter.number}`)
  if (letter.to) say(`主送：${letter.to}`)
  if (letter.issuer || letter.date) say(`成文：${[letter.issuer, letter.date].filter(Boolean).join('，')}`)
  say(`行动 ${counts.actions}，措施 ${counts.measures}，阶段 ${counts.stages}，保障措施 ${counts.safeguards}`)
  say(
    `牵头机构 ${counts.leadBodies}，牵头关系 ${counts.leadRelations}，期限 ${counts.deadlines}，频次 ${counts.frequencies}`,
  )
  for (const child of outline.children) tree(child, 0, say)
  say('')
  for (const { path, dates, quotas } of finds) {
    for (const { words, from, to, rule, sure } of dates) {
      const days = rule ?? [from, to].filter(Boolean).join('..')
      say(`${path}　${words}　${days || '年份不明'}${sure === 'inferred' ? '（推定）' : ''}`)
    }
    for (const { words, only } of quotas) say(`${path}　${only ? `${only}：` : ''}${words}`)
  }
  for (const { task, due, who } of rows)
    say(`附件　${task}　${who.map(({ body }) => body).join('、')}${due ? `　${due}` : ''}`)
  say('')
  for (const { body, role, matter, joint } of leads)
    say(`${body}　${role === 'lead' ? '牵头' : '负责'}　${matter}${joint ? '（共同）' : ''}`)
  if (structure.actions.length + structure.measures.length === 0) say('没有找到任务部分：请检查文件是不是一份方案')
}

function tree(clause: Clause, depth: number, say: Say): void {
  const title = clause.heading || clause.text.slice(0, 36)
  say(`${'  '.repeat(depth)}${clause.marker?.words ?? ''} ${title}`)
  for (const child of clause.children) tree(child, depth + 1, say)
}
