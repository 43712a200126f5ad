import { createHash } from 'node:crypto'

/*
 * The tree of RFC 6962 (section 2.1), which RFC 9162 and every transparency log use: leaves and inner nodes are hashed
 * with different first bytes, so that no node can be passed off as a row, and a level with an odd number of nodes lets the
 * last one rise as it is, so that no two lists of rows have the same root.
 */

export const hashBytes = 32

const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const leafMark = Buffer.from([0])
const nodeMark = Buffer.from([1])

/** Hash of what a leaf stands for; a text is taken as UTF-8. */
export const leafHash = (data: string): Buffer => sha256(leafMark, data)

export const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(nodeMark, left, right)

/** Root over no leaf at all: SHA-256 of nothing. */
export const emptyRoot = sha256()

/** Root over leaf hashes in order. */
export function treeRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return emptyRoot
  let level = leaves
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]]
      if (left) above.push(right ? nodeHash(left, right) : left)
    }
    level = above
  }
  return level[0] ?? emptyRoot
}

/** The neighbours a verifier needs to come from one leaf to the root, the lowest first. */
export function pathOf(index: number, leaves: readonly Buffer[]): Buffer[] {
  const path: Buffer[] = []
  let level = leaves
  for (let at = index; level.length > 1; at >>= 1) {
    const neighbour = level[at ^ 1]
    if (neighbour) path.push(neighbour)
    const above: Buffer[] = []
    for (let left = 0; left < level.length; left += 2) {
      const [one, other] = [level[left], level[left + 1]]
      if (one) above.push(other ? nodeHash(one, other) : one)
    }
    level = above
  }
  return path
}

/** Root of a tree of `size` leaves that `leaf` at `index` and its path lead to; undefined when the path does not fit. */
export function rootFromPath(index: number, size: number, leaf: Buffer, path: readonly Buffer[]): Buffer | undefined {
  if (index < 0 || index >= size) return undefined
  let hash = leaf
  let step = 0
  for (let at = index, last = size - 1; last > 0; at >>= 1, last >>= 1) {
    // The last node of an odd level has no neighbour and rises.
    if (at === last && at % 2 === 0) continue
    const neighbour = path[step++]
    if (!neighbour) return undefined
    hash = at % 2 === 0 ? nodeHash(hash, neighbour) : nodeHash(neighbour, hash)
  }
  return step === path.length ? hash : undefined
}

/** A full subtree: 2^level leaves, of which `end` is the last (from 0). Once complete it never changes. */
export interface FullNode {
  readonly level: number
  readonly end: number
}

/** The full subtrees, from left to right, that leaves `from` … `from + size - 1` fall into; `from` as the tree divides. */
function fullNodes(from: number, size: number): FullNode[] {
  const nodes: FullNode[] = []
  for (let left = size, start = from; left > 0; ) {
    const level = Math.floor(Math.log2(left))
    start += 2 ** level
    left -= 2 ** level
    nodes.push({ level, end: start - 1 })
  }
  return nodes
}

/** The full subtrees that a tree of `size` leaves consists of; `joined` makes its root of them. */
export const peaksOf = (size: number): FullNode[] => fullNodes(0, size)

/** The root over neighbouring full subtrees, given from left to right. */
export function joined(peaks: readonly Buffer[]): Buffer {
  return (
    peaks.reduceRight<Buffer | undefined>((right, left) => (right ? nodeHash(left, right) : left), undefined) ??
    emptyRoot
  )
}

/**
 * The full subtrees behind each step of the path of a leaf in a tree of `size` leaves: `joined` makes the step's hash of
 * each list. With them a path through hundreds of thousands of blocks needs some twenty stored hashes.
 */
export function pathNodes(index: number, size: number): FullNode[][] {
  const steps: FullNode[][] = []
  let [from, count] = [0, size]
  while (count > 1) {
    const half = 2 ** Math.ceil(Math.log2(count) - 1)
    if (index < from + half) {
      steps.push(fullNodes(from + half, count - half))
      count = half
    } else {
      steps.push(fullNodes(from, half))
      from += half
      count -= half
    }
  }
  return steps.reverse()
}

/** What must be known to append a leaf at `index`: the full subtrees that it will be joined to, the lowest first. */
export function waitingNodes(index: number): FullNode[] {
  const nodes: FullNode[] = []
  for (let level = 0; Math.floor(index / 2 ** level) % 2 === 1; level += 1)
    nodes.push({ level, end: index - 2 ** level })
  return nodes
}

/** The full subtrees that a leaf completes, itself the first; `waiting` are the hashes of `waitingNodes` of its index. */
export function completedNodes(leaf: Buffer, waiting: readonly Buffer[]): Buffer[] {
  const nodes = [leaf]
  let top = leaf
  for (const left of waiting) {
    top = nodeHash(left, top)
    nodes.push(top)
  }
  return nodes
}
