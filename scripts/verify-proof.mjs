// Verifies a proof of the audit (docs/audit-proof.md) with nothing but Node: no network, no database, no package.
//   node verify-proof.mjs <proof.json> [root]      root: the 64 hexadecimal digits as printed, in groups if you like
import { createHash } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { argv, exit } from 'node:process'
import { fileURLToPath } from 'node:url'

const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const leafHash = (text) => sha256(Buffer.from([0]), text)
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right)
const same = (bytes, hex) => typeof hex === 'string' && bytes?.toString('hex') === hex

class Wrong extends Error {}
const demand = (holds, words) => {
  if (!holds) throw new Wrong(words)
}
const isCount = (value) => Number.isSafeInteger(value) && value >= 0

/** RFC 6962: from a leaf and its neighbours to the root of a tree of `size` leaves. */
function rootOf(index, size, leaf, path) {
  demand(isCount(index) && isCount(size) && index < size, '叶子的位置不在树内')
  const steps = path.map((hex) => {
    demand(/^[0-9a-f]{64}$/.test(hex), '路径中的校验值不是64位十六进制数字')
    return Buffer.from(hex, 'hex')
  })
  let hash = leaf
  for (let at = index, last = size - 1; last > 0; at = Math.floor(at / 2), last = Math.floor(last / 2)) {
    if (at === last && at % 2 === 0) continue // The last node of an odd level has no neighbour and rises.
    const neighbour = steps.shift()
    demand(neighbour, '路径太短')
    hash = at % 2 === 0 ? nodeHash(hash, neighbour) : nodeHash(neighbour, hash)
  }
  demand(steps.length === 0, '路径太长')
  return hash
}

/** Throws with the reason in Chinese, or answers what is proven: the root, and every step with the block it was sealed in. */
export function verifyProof(proof) {
  demand(proof?.format === 'zhiben-audit-proof-1', '不是本程序能核验的证明文件')
  for (const part of [proof.rows, proof.blocks]) demand(Array.isArray(part) && part.length > 0, '证明文件缺少内容')
  const newest = JSON.parse(proof.newest.header)
  const root = leafHash(proof.newest.header)
  const blocks = new Map()
  for (const { header, path } of proof.blocks) {
    const block = JSON.parse(header)
    const words = `第 ${block.number} 块`
    demand(isCount(block.rows) && block.number >= 1 && block.number <= newest.number, `${words}：块头有误`)
    demand(block.county === newest.county && !blocks.has(block.number), `${words}：不属于这条封存链，或者出现两次`)
    if (block.number === newest.number)
      demand(header === proof.newest.header && path.length === 0, `${words}：与最新块不符`)
    else {
      const history = rootOf(block.number - 1, newest.number - 1, leafHash(header), path)
      demand(same(history, newest.history), `${words}：不在最新块的封存链中`)
    }
    blocks.set(block.number, block)
  }
  let previous = Buffer.alloc(32)
  let record
  const steps = proof.rows.map((row, at) => {
    const facts = JSON.parse(row.facts)
    const words = `第 ${at + 1} 步`
    demand(facts.seq === at + 1, `${words}：步骤不连续，缺少或调换了步骤`)
    record ??= facts.record_id
    demand(facts.record_id === record && facts.county === newest.county, `${words}：不是同一条记录`)
    const hash = sha256(previous, row.facts)
    const block = blocks.get(row.block)
    demand(block, `${words}：缺少它的封存块`)
    const leaf = leafHash(`action ${facts.id} ${facts.record_id} ${facts.seq} ${hash.toString('hex')}`)
    demand(
      same(rootOf(row.position, block.rows, leaf, row.path), block.root),
      `${words}：与封存时不符，内容或前面的步骤被改动过`,
    )
    previous = hash
    return { facts, block: block.number, sealedAt: block.sealedAt }
  })
  return { root: root.toString('hex'), block: newest.number, sealedAt: newest.sealedAt, record, steps }
}

function main([file, ...rest]) {
  if (!file) {
    console.error('用法：node verify-proof.mjs 证明文件.json [封存根]')
    return 2
  }
  try {
    const proven = verifyProof(JSON.parse(readFileSync(file, 'utf8')))
    const expected = rest.join('').replaceAll(/\s/g, '').toLowerCase()
    for (const { facts, block, sealedAt } of proven.steps) {
      console.log(
        `第 ${facts.seq} 步  ${facts.at}  ${facts.actor_name}  ${facts.summary}（第 ${block} 块，${sealedAt} 封存）`,
      )
    }
    console.log(
      `\n记录 ${proven.record} 的 ${proven.steps.length} 步与封存根相符：第 ${proven.block} 块，${proven.sealedAt} 封存`,
    )
    console.log(`封存根 ${proven.root}`)
    if (!expected) console.log('请与系统之外保存的封存根（打印件、公告、他处的记录）比对；两者一致，证明才成立')
    else if (expected === proven.root) console.log('与给出的封存根一致：证明成立')
    else throw new Wrong(`与给出的封存根不一致：给出的是 ${expected}`)
    return 0
  } catch (error) {
    console.error(`证明不成立：${error instanceof Wrong ? error.message : `文件无法读取（${error.message}）`}`)
    return 1
  }
}

if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) exit(main(argv.slice(2)))
