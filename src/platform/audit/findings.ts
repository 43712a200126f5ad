import { minuteOf } from '#kernel/time.ts'

/**
 * What is wrong with a row of the audit, with a sealed leaf, or with a block.
 *
 * Rows: `changed`: its facts are not those that were hashed. `reordered`: they are, but at another place of the record's
 * history. `removed`: the row is missing. `inserted`: it was not there when its successor was written, or the record knows
 * nothing of it. `rewritten`: it fits its own hash but is not what was sealed. `unsealed`: it says to be older than the
 * newest block's word that nothing was missing, yet no block holds it. `late`: a block holds it, but one before had said the
 * same. Leaves: `leafChanged`, `leafRemoved`, `leafInserted`. Blocks: `blockRoot`: its leaves do not give its root, and which
 * of them is wrong cannot be told. `blockChanged`, `blockRewritten` (with a hash of its own, but not the one its successor
 * names), `blockMissing`. `rootUnknown`: a root kept outside is not in the chain. `stalled`: rows wait for longer than a day.
 */
export type AuditFaultKind =
  | 'changed'
  | 'reordered'
  | 'removed'
  | 'inserted'
  | 'rewritten'
  | 'unsealed'
  | 'late'
  | 'leafChanged'
  | 'leafRemoved'
  | 'leafInserted'
  | 'blockRoot'
  | 'blockChanged'
  | 'blockRewritten'
  | 'blockMissing'
  | 'rootUnknown'
  | 'stalled'

export interface AuditFault {
  readonly kind: AuditFaultKind
  /** An action is named by its record and number, */
  readonly recordId?: string
  readonly seq?: number
  /** a refusal by its id, */
  readonly refusalId?: string
  /** a leaf by its block and position (from 0), */
  readonly block?: number
  readonly position?: number
  /** a root from outside by itself and where it was kept. */
  readonly root?: string
  readonly keptIn?: string
  /** Since when rows wait. */
  readonly since?: Date
}

const rowWords: Partial<Record<AuditFaultKind, string>> = {
  changed: '内容被改动过',
  reordered: '顺序被调换过',
  removed: '被删除了',
  inserted: '是事后插入的',
  rewritten: '与封存时不符：内容连同校验值被一起重写过',
  unsealed: '是事后插入的：注明的时间早已封存完毕，封存块中却没有这一行',
  late: '是事后补入的：注明的时间早已封存完毕，到后来的封存块中才出现',
}

const leafWords: Partial<Record<AuditFaultKind, string>> = {
  leafChanged: '的封存内容被改动过，原记录没有变',
  leafRemoved: '的封存内容被删除了',
  leafInserted: '是封存以后加进去的',
}

const blockWords: Partial<Record<AuditFaultKind, string>> = {
  blockRoot: '：所封存的各行与本块的根不符，其中有行被改动过，无法指认到行',
  blockChanged: '：块头被改动过，或者与它之前的各块不符',
  blockRewritten: '：整块被重写过，与后一块记载的校验值不符',
  blockMissing: '：这一块被删除了',
}

/** A finding in Chinese, naming record, row or block. */
export function faultWords(fault: AuditFault): string {
  const { kind, block, position, recordId, seq, refusalId } = fault
  if (kind === 'rootUnknown') {
    return `${fault.keptIn ?? '给出的'}封存根 ${fault.root} 不在封存链中：封存链被重写、截短过，或者数据库是从更早的备份恢复的`
  }
  if (kind === 'stalled') {
    return `封存已经停滞：${fault.since ? minuteOf(fault.since) : '一天前'}的记录至今没有封存，请检查系统是否在运行、日志中有无“seal”错误`
  }
  const place =
    block === undefined ? '' : position === undefined ? `第 ${block} 块` : `第 ${block} 块第 ${position + 1} 行`
  const words = rowWords[kind]
  if (words) {
    const row = refusalId ? `被拒绝的操作 ${refusalId}` : `记录 ${recordId} 的第 ${seq} 步`
    return `${row}：${words}${place ? `（封存于${place}）` : ''}`
  }
  return `封存${place}${leafWords[kind] ?? blockWords[kind] ?? ''}`
}

/** Findings by row, leaf or block: what two checks find of the same row counts once. Keeps the first, counts all. */
export class Findings {
  readonly faults: AuditFault[] = []
  count = 0
  readonly #known = new Map<string, number>()
  readonly #most: number

  constructor(most = 1000) {
    this.#most = most
  }

  add(fault: AuditFault): void {
    const { kind, recordId, seq, refusalId, root } = fault
    const ofRow = recordId !== undefined || refusalId !== undefined
    const key = [kind, recordId, seq, refusalId, root, ...(ofRow ? [] : [fault.block, fault.position])].join('|')
    const known = this.#known.get(key)
    if (known !== undefined) {
      // The second check may know where the row had been sealed.
      this.faults[known] = { ...this.faults[known], ...fault }
      return
    }
    this.count += 1
    if (this.faults.length >= this.#most) return
    this.#known.set(key, this.faults.length)
    this.faults.push(fault)
  }
}
