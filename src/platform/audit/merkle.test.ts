import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  completedNodes,
  emptyRoot,
  joined,
  leafHash,
  nodeHash,
  pathNodes,
  pathOf,
  peaksOf,
  rootFromPath,
  treeRoot,
  waitingNodes,
} from './merkle.ts'

const leavesOf = (count: number) => Array.from({ length: count }, (_, at) => leafHash(`row ${at}`))

/** The definition of RFC 6962, section 2.1, word for word. */
function defined(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves
  if (!first) return emptyRoot
  if (leaves.length === 1) return first
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  return nodeHash(defined(leaves.slice(0, half)), defined(leaves.slice(half)))
}

const count = fc.integer({ min: 1, max: 300 })
const treeAndIndex = count.chain((size) => fc.tuple(fc.constant(size), fc.integer({ min: 0, max: size - 1 })))

describe('the tree', () => {
  it('gives the roots that the reference implementation of Certificate Transparency gives', () => {
    // The vectors of google/certificate-transparency: leaves are bytes, here those that are text.
    expect(emptyRoot.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(leafHash('').toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
    expect(treeRoot([leafHash(''), leafHash('\u0000'), leafHash('\u0010')]).toString('hex')).toBe(
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    )
  })

  it('is the one RFC 6962 defines, whatever the number of leaves', () => {
    for (let size = 0; size <= 70; size += 1) expect(treeRoot(leavesOf(size))).toEqual(defined(leavesOf(size)))
  })

  it('keeps leaves and nodes apart: a node cannot be passed off as a row', () => {
    const [one, other] = leavesOf(2) as [Buffer, Buffer]
    const glued = Buffer.concat([one, other]).toString('latin1')
    expect(leafHash(glued)).not.toEqual(nodeHash(one, other))
    expect(treeRoot(leavesOf(3))).not.toEqual(treeRoot([...leavesOf(3), ...leavesOf(3).slice(2)]))
  })
})

describe('a path', () => {
  it('leads from every leaf to the root', () => {
    fc.assert(
      fc.property(treeAndIndex, ([size, index]) => {
        const leaves = leavesOf(size)
        const leaf = leaves[index] ?? emptyRoot
        expect(rootFromPath(index, size, leaf, pathOf(index, leaves))).toEqual(treeRoot(leaves))
      }),
    )
  })

  it('leads nowhere else: not from another place, another size, another leaf, nor with a step changed, lost or added', () => {
    fc.assert(
      fc.property(treeAndIndex, fc.nat(), ([size, index], pick) => {
        const leaves = leavesOf(size)
        const leaf = leaves[index] ?? emptyRoot
        const path = pathOf(index, leaves)
        const root = treeRoot(leaves)
        const at = path.length === 0 ? 0 : pick % path.length
        const wrong = [
          rootFromPath(index, size, leafHash('another'), path),
          rootFromPath(index, size, leaf, [...path, emptyRoot]),
          rootFromPath(size, size, leaf, path),
          rootFromPath(-1, size, leaf, path),
          ...(path.length > 0
            ? [
                rootFromPath(index, size, leaf, path.slice(1)),
                rootFromPath(index, size, leaf, path.with(at, leafHash('another'))),
                rootFromPath(index ^ 1, size, leaf, path),
              ]
            : []),
        ]
        for (const other of wrong) expect(other).not.toEqual(root)
      }),
    )
  })
})

describe('the tree that grows', () => {
  /** What appending leaf after leaf has stored, as the block table keeps it. */
  function grown(leaves: readonly Buffer[]) {
    const stored: Buffer[][] = []
    const of = ({ level, end }: { level: number; end: number }) => stored[end]?.[level] ?? Buffer.alloc(0)
    leaves.forEach((leaf, index) => {
      stored.push(completedNodes(leaf, waitingNodes(index).map(of)))
    })
    return { stored, of }
  }

  it('has at every size the root of the tree made at once', () => {
    const leaves = leavesOf(70)
    const { of } = grown(leaves)
    for (let size = 0; size <= leaves.length; size += 1) {
      expect(joined(peaksOf(size).map(of))).toEqual(treeRoot(leaves.slice(0, size)))
    }
  })

  it('gives the path of any leaf at any size from what is stored', () => {
    const leaves = leavesOf(300)
    const { of } = grown(leaves)
    fc.assert(
      fc.property(treeAndIndex, ([size, index]) => {
        const steps = pathNodes(index, size).map((nodes) => joined(nodes.map(of)))
        expect(steps).toEqual(pathOf(index, leaves.slice(0, size)))
      }),
    )
  })

  it('stores two hashes a leaf on the average', () => {
    const { stored } = grown(leavesOf(256))
    expect(stored.flat().length).toBe(511)
  })
})
