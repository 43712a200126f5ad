import { createHash } from 'node:crypto'
import type { PackPartId } from '#capabilities/system/model/index.ts'
import type { Pack } from './read.ts'

/** One thing a pack says: what it is known by, what people call it, and all of it. */
export interface PackEntry {
  readonly key: string
  readonly name: string
  readonly content: unknown
}

export interface PackPart {
  readonly part: PackPartId
  /** Within the folder of the packs. */
  readonly files: string
  readonly entries: readonly PackEntry[]
  readonly checksum: string
}

const roles = { lead: '牵头', joint: '共同牵头', participant: '配合' } as const

/** A pack taken apart into what it consists of, for showing and comparing. */
export function partsOf(pack: Pack): PackPart[] {
  const { stages, ...plan } = pack.manifest
  const sectorName = (id: string) => pack.sectors.find((sector) => sector.id === id)?.name ?? id
  const bodyName = (id: string) => pack.bodies.find((body) => body.id === id)?.name ?? id
  const entry = (key: string, name: string, content: unknown): PackEntry => ({ key, name, content })
  const entries: Readonly<Record<PackPartId, { readonly files: string; readonly entries: readonly PackEntry[] }>> = {
    plan: {
      files: 'pack.yaml',
      entries: [
        entry('plan', plan.title, plan),
        ...stages.map((stage) => entry(`stage:${stage.id}`, `阶段：${stage.name}`, stage)),
      ],
    },
    areas: { files: 'areas.yaml', entries: pack.areas.map((area) => entry(area.code, area.name, area)) },
    bodies: { files: 'bodies.yaml', entries: pack.bodies.map((body) => entry(body.id, body.name, body)) },
    sectors: { files: 'sectors.yaml', entries: pack.sectors.map((sector) => entry(sector.id, sector.name, sector)) },
    matrix: {
      files: 'matrix.yaml',
      entries: pack.matrix.map((one) =>
        entry(
          `${one.sector}:${one.body}:${one.clause}`,
          `${sectorName(one.sector)}—${bodyName(one.body)}（${roles[one.role]}）`,
          one,
        ),
      ),
    },
    gaps: { files: 'matrix.yaml', entries: pack.gaps.map((gap) => entry(gap.id, gap.topic, gap)) },
    standards: {
      files: '_national/criteria/*.yaml',
      entries: pack.standards.map((standard) =>
        entry(standard.id, `《${standard.title}》${standard.documentNo}`, standard),
      ),
    },
    words: {
      files: '_national/criteria-words.yaml',
      entries: pack.words.map((word) => entry(word.says.join(), word.says.join('、'), word)),
    },
    tasks: { files: 'tasks/*.yaml', entries: askedEntries(pack) },
    parameters: {
      files: 'parameters.yaml',
      entries: pack.parameters.map((one) =>
        entry(`${one.id}@${one.effectiveFrom}`, `${one.title}（${one.effectiveFrom}起）`, one),
      ),
    },
    holidays: {
      files: '_national/holidays.yaml',
      entries: pack.holidays.map((year) => entry(String(year.year), `${year.year}年`, year)),
    },
    ledgers: {
      files: 'ledgers/*.yaml',
      entries: pack.ledgers.map((ledger) => entry(ledger.id, ledger.title, ledger)),
    },
  }
  return (Object.keys(entries) as PackPartId[]).map((part) => ({
    part,
    ...entries[part],
    checksum: createHash('sha256').update(JSON.stringify(entries[part].entries)).digest('hex'),
  }))
}

/** What the plan asks of bodies, by the name of each. */
function askedEntries({ tasks, returns }: Pack): PackEntry[] {
  return [
    ...tasks.tasks.map((one) => ({ key: one.id, name: one.title, content: one })),
    ...tasks.meetings.map((one) => ({ key: one.id, name: one.title, content: one })),
    ...tasks.chains.map((one) => ({ key: one.id, name: `一件事：${one.title}`, content: one })),
    ...tasks.products.map((one) => ({
      key: `${one.stage}:${one.title}`,
      name: `阶段成果：${one.title}`,
      content: one,
    })),
    ...(returns ? [{ key: returns.id, name: returns.title, content: returns }] : []),
  ]
}

export interface PartDifference {
  readonly part: PackPartId
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly dropped: readonly string[]
}

/** What another content of the same pack adds, changes and drops, part by part; parts without a difference are left out. */
export function partDifferences(before: readonly PackPart[], after: readonly PackPart[]): PartDifference[] {
  return after.flatMap(({ part, entries, checksum }) => {
    const old = before.find((one) => one.part === part)
    if (!old || old.checksum === checksum) return []
    const was = new Map(old.entries.map((entry) => [entry.key, entry]))
    const is = new Set(entries.map(({ key }) => key))
    const same = (entry: PackEntry) => JSON.stringify(was.get(entry.key)?.content) === JSON.stringify(entry.content)
    const names = (some: readonly PackEntry[]) => some.map(({ name }) => name)
    return [
      {
        part,
        added: names(entries.filter(({ key }) => !was.has(key))),
        changed: names(entries.filter((entry) => was.has(entry.key) && !same(entry))),
        dropped: names(old.entries.filter(({ key }) => !is.has(key))),
      },
    ]
  })
}
