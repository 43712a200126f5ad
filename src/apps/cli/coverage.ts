import { awaited, countCoverage, coverageOf } from '#capabilities/plan/model/index.ts'
import { mechanismsOf } from '../packs/mechanisms.ts'
import { readPack } from '../packs/read.ts'
import { type Bare, readArgs, UsageError } from './command.ts'

export const planCoverage: Bare = {
  words: 'plan coverage',
  usage: 'plan coverage [--json | --mechanisms]',
  purpose: '统计方案条款中已有落实机制的有多少条，列出还在等待功能的条款；不需要数据库',
  prepare(args) {
    const { json, mechanisms } = readArgs(args, { json: { type: 'boolean' }, mechanisms: { type: 'boolean' } })
    if (json && mechanisms) throw new UsageError(`--json 和 --mechanisms 只能写一个：${planCoverage.usage}`)
    return async ({ packDir }, say) => {
      const pack = await readPack(packDir)
      const known = mechanismsOf(pack)
      if (mechanisms) {
        for (const { id, title } of known) say(`${id}　${title}`)
        return 0
      }
      const covered = coverageOf(pack.plan, known)
      const { total, live, later, waitsFor } = countCoverage(covered)
      if (json) {
        const rows = covered.map(({ clause, mechanisms: serving, later: waits }) => ({
          id: clause.id,
          text: clause.text,
          live: serving.length > 0,
          later: waits,
          mechanisms: serving.map(({ id, title, test }) => ({ id, title, test })),
        }))
        say(JSON.stringify({ plan: pack.manifest.id, total, live, later, rows }))
        return 0
      }
      say(pack.manifest.title)
      say(`条款 ${total} 条，已有落实机制 ${live} 条，等待功能 ${later} 条`)
      for (const { title, rows } of waitsFor) say(`  等待“${title}”：${rows} 条`)
      say('')
      for (const { clause, mechanisms: serving, later: waits } of covered) {
        const how =
          serving.length > 0 ? serving.map(({ title }) => title).join('、') : `等待${waits ? awaited[waits] : ''}`
        say(`${clause.id}　${clause.text}　〔${how}〕`)
      }
      return 0
    }
  },
}
