import { maskIdNumber, maskPhone } from '#kernel/chinese/codes.ts'
import type { Post, ReferenceIndex, Unit, UnitRow } from '../model/index.ts'
import { isHighRisk, type PostView } from '../model/index.ts'
import { areaName } from './directory.ts'

/** What a list shows of a unit. */
export function rowOf(index: ReferenceIndex, unit: Omit<Unit, 'posts'>, principalName: string | null): UnitRow {
  return {
    id: unit.id,
    version: unit.version,
    name: unit.name,
    creditCode: unit.creditCode,
    kind: unit.kind,
    area: unit.area,
    areaName: areaName(index, unit.area),
    sectors: [...unit.sectors],
    sectorNames: unit.sectors.map((sector) => index.sectorNames.get(sector) ?? sector),
    scale: unit.scale,
    belonging: unit.belonging,
    tags: [...unit.tags],
    highRisk: isHighRisk(unit, index.highRiskSectors),
    state: unit.state,
    principalName,
    address: unit.address,
    position: unit.position,
  }
}

/** Personal numbers, whole or masked. */
export function numbersOf(person: { phone: string; idNumber: string | null }, whole: boolean) {
  return {
    phone: whole ? person.phone : maskPhone(person.phone),
    idNumber: whole || person.idNumber === null ? person.idNumber : maskIdNumber(person.idNumber),
  }
}

export function postView(post: Post, person: { phone: string; idNumber: string | null }, whole: boolean): PostView {
  return { ...post, ...numbersOf(person, whole) }
}
