import { join } from 'node:path'
import { minuteOf } from '#kernel/time.ts'
import { faultWords } from '#platform/audit/findings.ts'
import { keptRootsFile, readKeptRoots } from '#platform/audit/kept-roots.ts'
import { newestBlocks } from '#platform/audit/sealed.ts'
import { type AuditVerification, type KeptRoot, verifyAudit } from '#platform/audit/verify.ts'
import type { Product } from '../server/product.ts'
import { type Command, keepEvidence, type Outcome, readArgs, type Say, UsageError } from './command.ts'

const shownFaults = 20
const sayEvery = 200_000
/** Sealing runs every minute; rows that have waited for a day are waiting for somebody to look. */
const waitAtMostMs = 86_400_000

/** A root as people copy it from paper: with spaces, in capitals. */
function rootOf(text: string): string {
  const root = text.replaceAll(/\s/g, '').toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(root)) {
    throw new UsageError(`--root ${text} 不是封存根。封存根是64位十六进制数字，可以分组，整个用引号括起来`)
  }
  return root
}

export const auditVerify: Command = {
  words: 'audit verify',
  usage: 'audit verify [--root 封存根]… [--json]',
  purpose:
    '重新计算每条记录的办理过程链和每个封存块，查出被改动、删除、插入或调换的行；--root 与保存在系统之外（如纸面上）的封存根核对',
  prepare(args) {
    const given = readArgs(args, { root: { type: 'string', multiple: true }, json: { type: 'boolean' } })
    const roots = ((given.root as string[] | undefined) ?? []).map(rootOf)
    return (product, say) => runVerify(product, say, roots, given.json === true)
  },
}

async function runVerify(product: Product, say: Say, given: readonly string[], json: boolean): Promise<Outcome> {
  const { county, database, options, runner } = product
  const kept: KeptRoot[] = [
    ...given.map((root) => ({ root, keptIn: '给出的' })),
    ...(await readKeptRoots(join(options.config.home, keptRootsFile))),
  ]
  let said = 0
  const result = await verifyAudit(database.db, county, {
    versionsOf: runner.versionsOf,
    roots: kept,
    // Demo data is dated back, so its age says nothing.
    ...(product.isDemo() ? {} : { sealedBefore: new Date(options.clock.now().getTime() - waitAtMostMs) }),
    onProgress(done, total) {
      if (json || done - said < sayEvery) return
      said = done
      say(`  已核对 ${done} / ${total} 行`)
    },
  })
  if (json)
    say(JSON.stringify({ ...result, faults: result.faults.map((fault) => ({ ...fault, words: faultWords(fault) })) }))
  else report(result, say, kept)
  return result.count === 0 ? 0 : 1
}

function report(result: AuditVerification, say: Say, kept: readonly KeptRoot[]): void {
  const { newest, completeTo, waiting, matched, count, faults } = result
  say(`审计核对：检查了 ${result.checked} 条办理记录，${result.blocks} 个封存块，共封存 ${result.sealed} 行`)
  if (newest) {
    say(`最新的封存根：第 ${newest.block} 块，${minuteOf(newest.sealedAt)} 封存`)
    say(`  ${newest.root}`)
  }
  if (completeTo) say(`${minuteOf(completeTo)} 以前的行已全部封存`)
  if (waiting.rows > 0) say(`等待封存：${waiting.rows} 行${waiting.since ? `，最早 ${minuteOf(waiting.since)}` : ''}`)
  for (const { block, sealedAt } of matched.slice(0, 3)) {
    say(`与系统之外保存的封存根一致：第 ${block} 块，${minuteOf(sealedAt)} 封存`)
  }
  if (matched.length > 3) say(`  ……共 ${matched.length} 个一致`)
  if (kept.length === 0 && newest) {
    say('没有与系统之外的封存根核对：能改写整个数据库的人可以把封存块一并重写。请用 --root 给出纸面上的封存根')
  }
  if (count === 0) {
    say('结果：完整，没有发现改动。')
    return
  }
  say(`结果：发现 ${count} 处问题：`)
  for (const fault of faults.slice(0, shownFaults)) say(`  ${faultWords(fault)}`)
  if (count > shownFaults) say(`  ……其余 ${count - shownFaults} 处从略`)
  say(keepEvidence)
}

export const auditRoots: Command = {
  words: 'audit roots',
  usage: 'audit roots [--count 个数] [--json]',
  purpose: '列出最新的封存根，供打印、抄录后保存在系统之外，日后用 audit verify --root 核对',
  prepare(args) {
    const given = readArgs(args, { count: { type: 'string' }, json: { type: 'boolean' } })
    const count = Number(given.count ?? 1)
    if (!Number.isInteger(count) || count < 1 || count > 10_000) {
      throw new UsageError('--count 请填写 1 至 10000 之间的整数')
    }
    return async ({ county, database }, say) => {
      const blocks = await newestBlocks(database.db, county, count)
      const rows = blocks.map((block) => ({
        block: block.number,
        root: block.hash.toString('hex'),
        rows: block.rows,
        sealedAt: block.sealed_at,
        completeTo: block.complete_to,
      }))
      if (given.json === true) say(JSON.stringify(rows))
      else if (rows.length === 0) say('还没有封存过。系统运行时每分钟封存一次')
      else for (const row of rows) say(`第 ${row.block} 块　${minuteOf(row.sealedAt)}　${row.rows} 行　${row.root}`)
      return 0
    }
  },
}
