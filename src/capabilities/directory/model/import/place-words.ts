import { normaliseText } from '#kernel/chinese/text.ts'
import type { Area, Reference, Sector } from '../reference.ts'

/**
 * The town or village a list means: by code, name, alias, short name (东山 for 东山镇) or an address that holds one of
 * them. A village only when the words go beyond the town's name: 东山 is the town, 东山村 the village. Undefined when not
 * exactly one fits.
 */
export function findArea(reference: Reference, words: string): string | undefined {
  const text = plain(words)
  const areas = reference.areas.filter((area) => area.active && area.level !== 'county')
  if (/^\d+$/.test(text)) return areas.find((area) => area.code === text)?.code
  const towns = areas.filter((area) => area.level === 'town')
  const local = withoutCounty(reference, text)
  const named = only(towns.filter((town) => [...namesOf(town), ...shortOf(town)].some((name) => name === local)))
  if (named) return named.code
  const villages = areas.filter((area) => area.level === 'village')
  const alone = villages.filter((village) => villageNames(village).includes(local))
  if (alone.length > 0) return only(alone)?.code
  const found = townWithin(towns, local)
  if (!found) return undefined
  const rest = local.slice(local.indexOf(found.name) + found.name.length)
  const near = villages.filter((village) => village.parentCode === found.town.code)
  return only(near.filter((village) => inRest(rest, village)))?.code ?? found.town.code
}

/** The sector a word means: by id, name or alias, else the one whose longest name it holds (学校食堂 → 学校 → 校园). */
export function findSector(reference: Reference, words: string): string | undefined {
  const text = plain(words)
  const sectors = reference.sectors.filter((sector) => sector.active)
  const exact = sectors.find((sector) => sector.id === text || namesOf(sector).includes(text))
  if (exact) return exact.id
  if (text.length < 2) return undefined
  const held = sectors.map((sector) => {
    const names = namesOf(sector).filter((name) => name.length > 1 && text.includes(name))
    return { sector, length: Math.max(0, ...names.map((name) => name.length)) }
  })
  const longest = Math.max(0, ...held.map((one) => one.length))
  if (longest > 0) return only(held.filter((one) => one.length === longest))?.sector.id
  return only(sectors.filter((sector) => namesOf(sector).some((name) => name.includes(text))))?.id
}

const plain = (text: string) => normaliseText(text).replace(/\s/g, '')

const namesOf = (known: Area | Sector): string[] => [known.name, ...known.aliases].map(plain)

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined
}

function shortOf(town: Area): string[] {
  const short = town.name.replace(/[镇乡]$/, '')
  return short !== town.name && short.length > 1 ? [short] : []
}

/** Of 某省某市某县东山镇 only 东山镇 is left: what stands before it says nothing more. */
function withoutCounty(reference: Reference, text: string): string {
  const county = reference.areas.find((area) => area.level === 'county')?.name
  const at = county ? text.indexOf(county) : -1
  const rest = county && at >= 0 ? text.slice(at + county.length) : text
  return rest === '' ? text : rest
}

/** A town's own name anywhere wins over aliases, those over its short name, which counts only at the beginning. */
function townWithin(towns: readonly Area[], text: string): { town: Area; name: string } | undefined {
  const ways: ((town: Area) => readonly string[])[] = [
    (town) => [town.name].filter((name) => text.includes(name)),
    (town) => town.aliases.map(plain).filter((name) => text.includes(name)),
    (town) => shortOf(town).filter((name) => text.startsWith(name)),
  ]
  for (const way of ways) {
    const found = towns.flatMap((town) => {
      const name = [...way(town)].sort((a, b) => b.length - a.length)[0]
      return name === undefined ? [] : [{ town, name }]
    })
    if (found.length > 0) return only(found)
  }
  return undefined
}

const villageStem = (village: Area) => village.name.replace(/(村民委员会|居民委员会|村委会|居委会|社区|村)$/, '')

function villageNames(village: Area): string[] {
  const stem = villageStem(village)
  if (stem.length < 2) return [village.name]
  const town = /(村|村委会|村民委员会)$/.test(village.name)
  return [village.name, ...(town ? [`${stem}村`, `${stem}村委会`] : [`${stem}社区`, `${stem}居委会`])]
}

/** 河边村12号 and a bare 河边 name the village; 河边路12号 does not. */
function inRest(rest: string, village: Area): boolean {
  return rest !== '' && (rest === villageStem(village) || villageNames(village).some((name) => rest.includes(name)))
}
