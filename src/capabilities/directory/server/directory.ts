import { normaliseText } from '#kernel/chinese/text.ts'
import type { Db, Reader } from '#platform/db/tables.ts'
import {
  type Directory,
  indexReference,
  isHighRisk,
  likeness,
  type ReferenceIndex,
  routeMatter,
  sectorsOf,
  type UnitFacts,
  type UnitWanted,
  worthShowing,
} from '../model/index.ts'
import { readReference } from './reference/store.ts'
import { type Candidate, candidateUnits, findPerson, findUnitRows, loadUnit, unitsNamed } from './store.ts'

/** The directory as the server holds it: the port other capabilities use, and the reference data behind it. */
export interface LoadedDirectory extends Directory<Reader> {
  readonly index: ReferenceIndex
  /** Reads the reference data anew, after a pack was loaded. */
  reload(): Promise<void>
  /** A person of the directory by id, with the phone messages go to. */
  personOf(reader: Reader, county: string, id: string): Promise<{ name: string; phone: string } | undefined>
}

/** Opens the directory of one county; its pack must have been loaded. Names of unknown codes are the codes themselves. */
export async function createDirectory(db: Db, county: string): Promise<LoadedDirectory> {
  let index = indexReference(await readReference(db, county))
  // One reading after the other: an older one that ended later would bring back what was just changed.
  let reading: Promise<void> = Promise.resolve()
  const factsOf = (unit: Candidate): UnitFacts => ({
    id: unit.id,
    name: unit.name,
    area: unit.area,
    sectors: unit.sectors,
    highRisk: isHighRisk(unit, index.highRiskSectors),
    active: unit.state !== 'closed',
  })
  const ahead = new WeakMap<Reader, ReadonlyMap<string, UnitFacts>>()
  return {
    get index() {
      return index
    },
    reload() {
      reading = reading
        .catch(() => {})
        .then(async () => {
          index = indexReference(await readReference(db, county))
        })
      return reading
    },
    async findUnit(reader, of, id) {
      const known = ahead.get(reader)?.get(id)
      if (known) return known
      const [unit] = await findUnitRows(reader, of, [id])
      return unit && factsOf(unit)
    },
    async readAhead(tx, of, ids) {
      const units = await findUnitRows(tx, of, ids)
      ahead.set(tx, new Map(units.map((unit) => [unit.id, factsOf(unit)])))
    },
    unitContacts,
    async personOf(reader, of, id) {
      const person = await findPerson(reader, of, id)
      return person && { name: person.name, phone: person.phone }
    },
    async matchUnits(reader, of, wanted) {
      const candidates = await candidateUnits(reader, of, wanted)
      return candidates
        .map((unit) => ({ unit: factsOf(unit), ...likeness(wanted, unit) }))
        .filter((match) => match.score >= worthShowing)
        .sort((a, b) => b.score - a.score)
    },
    async exactUnits(reader, of, wanted) {
      const exact = exactly(wanted, await unitsNamed(reader, of, wanted))
      return exact.map((units) => units.map(factsOf))
    },
    routeMatter: async (_reader, _of, sector, area) => routeMatter(index, sector, area),
    sectorsOf: async (_reader, _of, bodyId) => sectorsOf(index, bodyId),
    areaName: (_of, code) => areaName(index, code),
    bodyName: (_of, id) => index.bodyNames.get(id) ?? id,
    sectorName: (_of, id) => index.sectorNames.get(id) ?? id,
  }
}

/** For each that is looked for, the active units that are it beyond doubt. */
function exactly(wanted: readonly UnitWanted[], units: readonly Candidate[]): Candidate[][] {
  const byKey = new Map<string, Candidate[]>()
  const keep = (key: string, unit: Candidate) => byKey.set(key, [...(byKey.get(key) ?? []), unit])
  for (const unit of units) {
    if (unit.state === 'closed') continue
    keep(`name ${normaliseText(unit.name)}`, unit)
    if (unit.creditCode) keep(`code ${unit.creditCode}`, unit)
  }
  return wanted.map((one) => {
    const named = byKey.get(`name ${normaliseText(one.name)}`) ?? []
    const coded = byKey.get(`code ${one.creditCode}`) ?? []
    return [...new Set([...named, ...coded])].filter((unit) => likeness(one, unit).score === 1)
  })
}

/** A village is named with its town: 东山镇河边社区. */
export function areaName(index: ReferenceIndex, code: string): string {
  const area = index.areas.get(code)
  if (!area) return code
  const town = area.level === 'village' ? index.areas.get(code.slice(0, 9)) : undefined
  return town ? `${town.name}${area.name}` : area.name
}

/** Principal and actual controller in office, both of whom a matter must be told to (M17-7). */
async function unitContacts(reader: Reader, county: string, unitId: string) {
  const unit = await loadUnit(reader, county, unitId, false)
  const contacts = []
  for (const post of unit?.posts ?? []) {
    if (post.toDay !== null || (post.kind !== 'principal' && post.kind !== 'controller')) continue
    const person = await findPerson(reader, county, post.personId)
    contacts.push({ personId: post.personId, name: post.personName, role: post.kind, phone: person?.phone || null })
  }
  return contacts
}
