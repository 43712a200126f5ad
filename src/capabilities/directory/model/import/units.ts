import { normaliseCode } from '#kernel/chinese/codes.ts'
import { normaliseText } from '#kernel/chinese/text.ts'
import { UnitInput } from '../contract-unit.ts'
import {
  type Bounds,
  type Datum,
  faultWords,
  fromGcj02,
  type Position,
  positionFault,
  readDatum,
  readDegrees,
} from '../position.ts'
import type { ReferenceIndex } from '../routing.ts'
import { belongings, type Scale, scales, type UnitKind, unitKinds, unitTags } from '../terms.ts'
import { findArea, findSector } from './place-words.ts'

/** The columns a unit list may have: what people see, and the headings by which offices name them. */
export const importColumns = {
  name: { title: '单位名称', headings: ['单位名称', '企业名称', '场所名称', '名称', '单位', '企业'] },
  creditCode: { title: '统一社会信用代码', headings: ['统一社会信用代码', '社会信用代码', '信用代码', '证照号码'] },
  kind: { title: '单位或场所', headings: ['单位或场所', '单位类别', '主体类别'] },
  area: { title: '所在乡镇', headings: ['所在乡镇', '乡镇', '属地', '镇', '村', '所在村', '所属乡镇'] },
  sectors: { title: '行业领域', headings: ['行业领域', '所属行业', '行业', '领域', '类别'] },
  scale: { title: '规模', headings: ['规模', '企业规模', '单位规模'] },
  belonging: { title: '隶属', headings: ['隶属', '隶属关系'] },
  tags: { title: '标签', headings: ['标签', '场所类型', '分类'] },
  address: { title: '地址', headings: ['地址', '详细地址', '生产经营地址', '经营地址', '住所'] },
  principal: { title: '主要负责人', headings: ['主要负责人', '负责人', '法定代表人', '法人'] },
  principalPhone: { title: '主要负责人电话', headings: ['主要负责人电话', '负责人电话', '联系电话', '电话', '手机'] },
  controller: { title: '实际控制人', headings: ['实际控制人'] },
  controllerPhone: { title: '实际控制人电话', headings: ['实际控制人电话'] },
  lng: { title: '经度', headings: ['经度', '东经', 'lng', 'longitude'] },
  lat: { title: '纬度', headings: ['纬度', '北纬', 'lat', 'latitude'] },
  datum: { title: '坐标系', headings: ['坐标系', '坐标系统', '坐标类型'] },
} as const
export type ImportField = keyof typeof importColumns
export const importFields = Object.keys(importColumns) as ImportField[]

/** Which column (from 0) holds which field. */
export type ColumnMapping = Partial<Record<ImportField, number>>

/** Reads a heading row. An exact heading wins over one that only contains the words; no column serves two fields. */
export function proposeColumns(header: readonly string[]): ColumnMapping {
  const headings = header.map((text) => normaliseText(text).replace(/[\s*＊（(].*$|\s/g, ''))
  const mapping: ColumnMapping = {}
  const taken = new Set<number>()
  for (const exact of [true, false]) {
    for (const field of importFields) {
      if (mapping[field] !== undefined) continue
      const words: readonly string[] = importColumns[field].headings
      const fits = (text: string) =>
        words.some((word) => text === word || (!exact && word.length > 2 && text.includes(word)))
      const at = headings.findIndex((text, column) => !taken.has(column) && fits(text))
      if (at < 0) continue
      mapping[field] = at
      taken.add(at)
    }
  }
  return mapping
}

/** What the person says for cells a list leaves empty; without it an empty cell is a problem, never a guess. */
export interface ImportDefaults {
  readonly area: string | null
  readonly sectors: readonly string[]
  readonly scale: Scale | null
  readonly uncodedArePlaces: boolean
  readonly datum: Datum
}

/** What a whole list is read by. */
export interface ImportReading {
  readonly index: ReferenceIndex
  readonly bounds: Bounds
  readonly mapping: ColumnMapping
  readonly defaults: ImportDefaults
}

export interface ImportProblem {
  readonly column: string
  readonly message: string
}

export type ImportedRow =
  | { readonly input: UnitInput; readonly problems: readonly [] }
  | { readonly input: null; readonly problems: readonly ImportProblem[] }

/** Turns one row of cells into a unit, or says in words what is wrong with which column. */
export function readImportRow(
  { index, bounds, mapping, defaults }: ImportReading,
  cells: readonly string[],
): ImportedRow {
  const problems: ImportProblem[] = []
  const cell = (field: ImportField) => normaliseText(cells[mapping[field] ?? -1] ?? '')
  const need = <T>(field: ImportField, found: T | undefined, message: string): T | undefined => {
    if (found === undefined) problems.push({ column: importColumns[field].title, message })
    return found
  }
  const area = cell('area')
  const sectors = splitWords(cell('sectors'))
  const scale = cell('scale')
  const belonging = cell('belonging')
  const code = normaliseCode(cell('creditCode'))
  const person = (name: ImportField, phone: ImportField) =>
    cell(name) === '' ? null : { name: cell(name), phone: normaliseCode(cell(phone)) }
  const draft = {
    name: cell('name'),
    creditCode: code === '' ? null : code,
    kind: need('kind', kindOf(cell('kind'), cell('name'), code, defaults), kindUnknown(cell('kind'))),
    area: need(
      'area',
      area === '' ? (defaults.area ?? undefined) : findArea(index.reference, area),
      missing(area, '乡镇'),
    ),
    sectors:
      sectors.length === 0
        ? defaults.sectors
        : sectors.flatMap(
            (word) => need('sectors', findSector(index.reference, word), missing(word, '行业领域')) ?? [],
          ),
    scale: need('scale', scale === '' ? (defaults.scale ?? undefined) : byTitle(scales, scale), missing(scale, '规模')),
    belonging:
      belonging === '' ? 'county' : need('belonging', byTitle(belongings, belonging), missing(belonging, '隶属')),
    tags: splitWords(cell('tags')).flatMap(
      (word) => need('tags', byTitle(unitTags, word), missing(word, '标签')) ?? [],
    ),
    address: cell('address'),
    principal: person('principal', 'principalPhone'),
    controller: person('controller', 'controllerPhone'),
    position: positionOf(cell, bounds, defaults.datum, problems),
  }
  if (draft.name.includes(exampleMark)) {
    problems.push({ column: importColumns.name.title, message: '这一行是模板里的示例，请删去' })
  }
  if (problems.length > 0) return { input: null, problems }
  const parsed = UnitInput.safeParse(draft)
  if (parsed.success) return { input: parsed.data, problems: [] }
  return {
    input: null,
    problems: parsed.error.issues.map((issue) => ({ column: columnOf(issue.path), message: issue.message })),
  }
}

function positionOf(
  cell: (field: 'lng' | 'lat' | 'datum') => string,
  bounds: Bounds,
  otherwise: Datum,
  problems: ImportProblem[],
): Position | null {
  const found: Partial<Record<'lng' | 'lat', number>> = {}
  const filled = (['lng', 'lat'] as const).filter((field) => cell(field) !== '')
  if (filled.length === 0) return null
  for (const field of ['lng', 'lat'] as const) {
    const { title } = importColumns[field]
    const degrees = readDegrees(cell(field))
    if (degrees !== undefined) found[field] = degrees
    else if (cell(field) === '') problems.push({ column: title, message: '经度和纬度要同时填写，或者都空着' })
    else problems.push({ column: title, message: `“${cell(field)}”不是${title}，请填小数表示的度数，如 117.86` })
  }
  const datum = cell('datum') === '' ? otherwise : readDatum(cell('datum'))
  if (datum === undefined) {
    const message = `不认识坐标系“${cell('datum')}”，请填 WGS-84 或 GCJ-02；百度地图（BD-09）的坐标请先换算`
    problems.push({ column: importColumns.datum.title, message })
  }
  const { lng, lat } = found
  if (lng === undefined || lat === undefined || datum === undefined) return null
  const position = datum === 'gcj02' ? fromGcj02({ lng, lat }) : { lng, lat }
  const fault = positionFault(position, bounds)
  if (fault) problems.push({ column: importColumns.lng.title, message: faultWords(fault, bounds) })
  return position
}

/** Stands in the names of a template's examples, so that an example left standing never becomes a unit. */
export const exampleMark = '（请删去本行）'

/**
 * 单位 or 场所: as the list says; else a row with a credit code is a unit, and one without it a place only by the
 * importing person's word. A company always has a code, so that one without it was left out of the list.
 */
function kindOf(word: string, name: string, code: string, defaults: ImportDefaults): UnitKind | undefined {
  if (word !== '') return byTitle(unitKinds, word)
  if (code !== '') return 'unit'
  return defaults.uncodedArePlaces && !/(公司|集团)/.test(name) ? 'place' : undefined
}

const kindUnknown = (word: string) =>
  word === ''
    ? '没有信用代码：是单位的请补填代码；确属没有执照的小场所，在本列填“场所”，或在导入设置中统一按场所登记（公司不适用）'
    : `没有“${word}”这一类，请填“单位”或“场所”`

const missing = (word: string, what: string) =>
  word === '' ? `没有填写${what}，请在表中补填或在导入设置中统一指定` : `没有找到${what}“${word}”，请改为系统中的名称`

function columnOf(path: readonly PropertyKey[]): string {
  const [first, second] = path.map(String)
  const field = importFields.find((name) => name === (second === 'phone' ? `${first}Phone` : first))
  return field ? importColumns[field].title : '本行'
}

function splitWords(text: string): string[] {
  return text.split(/[、,，;；/|\s]+/).filter((word) => word !== '')
}

function byTitle<K extends string>(titles: Readonly<Record<K, string>>, text: string): K | undefined {
  if (text === '') return undefined
  const keys = Object.keys(titles) as K[]
  return (
    keys.find((key) => titles[key] === text) ??
    keys.find((key) => titles[key].startsWith(text) || text.startsWith(titles[key]))
  )
}
