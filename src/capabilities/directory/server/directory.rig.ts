import ExcelJS from 'exceljs'
import type { z } from 'zod'
import { createCalendar } from '#kernel/calendar.ts'
import { creditCodeCheckDigit } from '#kernel/chinese/codes.ts'
import type { ActionContract, ActionEnvelope, ActionResult, QueryContract } from '#kernel/contract.ts'
import { Problem } from '#kernel/errors.ts'
import { type Actor, boxesFor, can, type Grant, holds } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { dayOf } from '#kernel/time.ts'
import { createRunner } from '#platform/actions/runner.ts'
import type { Db } from '#platform/db/tables.ts'
import type { QueryContext } from '#platform/module/module.ts'
import { createParameters } from '#platform/parameters/parameters.ts'
import { type BodyKind, directoryPermissions, type Reference, registerUnit, type UnitInput } from '../model/index.ts'
import { createDirectory } from './directory.ts'
import type { ReadUpload } from './import/import.ts'
import { directoryModule } from './module.ts'
import { writeReference } from './reference/store.ts'

export const county = '341723'
export const noon = new Date('2026-11-23T04:00:00Z')

const town = (code: string, name: string) => ({
  code,
  name,
  aliases: [] as string[],
  level: 'town' as const,
  parentCode: county,
  supervised: code !== '341723108',
  bodyId: `town-${code}`,
  note: code === '341723108' ? '由九华山风景区管委会管理' : '',
  active: true,
})
const body = (id: string, kind: BodyKind = 'department') => ({
  id,
  name: `机构${id}`,
  kind,
  area: county,
  note: '',
  active: true,
})
const sector = (id: string, name: string, highRisk = false) => ({
  id,
  name,
  aliases: [],
  highRisk,
  note: '',
  active: true,
})

/** A county small enough to think through: three towns, five sectors, one of them without a lead. */
export const smallCounty: Reference = {
  county,
  officeBodyId: 'office',
  areas: [
    { ...town(county, '青阳县'), level: 'county', parentCode: null, supervised: false, bodyId: null },
    town('341723101', '木镇镇'),
    town('341723102', '庙前镇'),
    town('341723108', '九华镇'),
    { ...town('341723101001', '木镇社区'), level: 'village', parentCode: '341723101', bodyId: null },
  ],
  bodies: [
    body('office', 'committeeOffice'),
    body('emergency'),
    body('police'),
    body('economy'),
    ...['101', '102', '108'].map((code) => body(`town-341723${code}`, 'town')),
  ],
  sectors: [
    sector('mines', '矿山', true),
    sector('industry', '工贸'),
    sector('explosives', '民爆', true),
    sector('roads', '道路交通'),
    sector('commerce', '商贸服务业'),
  ],
  matrix: [
    { sectorId: 'mines', bodyId: 'emergency', role: 'lead', source: 'S2', note: '' },
    { sectorId: 'industry', bodyId: 'emergency', role: 'lead', source: 'S2', note: '' },
    { sectorId: 'explosives', bodyId: 'economy', role: 'lead', source: 'S2', note: '' },
    { sectorId: 'explosives', bodyId: 'police', role: 'joint', source: 'S2', note: '' },
    { sectorId: 'roads', bodyId: 'police', role: 'lead', source: 'S2', note: '' },
  ],
  gaps: [
    {
      id: 'commerce',
      sectorId: 'commerce',
      topic: '商贸服务业没有牵头部门',
      reason: '方案没有写明商贸服务业的牵头部门',
      handling: '由县安委办接收',
      source: 'M13',
    },
  ],
}

export function actorWith(...grants: Partial<Grant>[]): Actor {
  return {
    county,
    accountId: newId(noon.getTime()),
    personId: null,
    name: '测试人员',
    grants: grants.map((grant) => ({
      role: 'committeeOffice',
      area: county,
      sectors: null,
      unitId: null,
      bodyId: null,
      ...grant,
    })),
  }
}

export const office = actorWith({ role: 'committeeOffice', bodyId: 'office' })

let serial = 100_000_000
/** A credit code nobody has yet, with a check character that holds. */
export function freshCreditCode(): string {
  serial += 1
  const first17 = `91341723${serial}`
  return first17 + creditCodeCheckDigit(first17)
}

/** Input of a unit that is like no other. */
export function unitInput(more: Partial<z.input<typeof UnitInput>> = {}): z.input<typeof UnitInput> {
  return {
    name: `单位${freshCreditCode().slice(8)}号`,
    creditCode: freshCreditCode(),
    kind: 'unit',
    area: '341723101',
    sectors: ['industry'],
    scale: 'small',
    confirmNew: true,
    ...more,
  }
}

const parameters = createParameters([
  { id: 'import.maxRows', effectiveFrom: '2024-01-01', value: 20 },
  { id: 'directory.position.bounds', effectiveFrom: '2024-01-01', value: [117.6, 30.2, 118.2, 30.9] },
])

/** The directory of the small county on a database: its actions and queries, as the server would run them. */
export async function openRig(db: Db, readUpload?: ReadUpload) {
  await db.transaction().execute((tx) => writeReference(tx, smallCounty))
  const directory = await createDirectory(db, county)
  const module = directoryModule({
    directory,
    readUpload,
    standingHazards: async () => [],
    exports: { log: async () => {}, nameOf: async (_context, _kind, code) => code },
  })
  const environment = {
    calendar: createCalendar([]),
    parameters,
    years: [],
    values: [],
    fingerprint: '',
    reload: async () => {},
  }
  const runner = createRunner({
    db,
    actions: module.actions ?? [],
    permissions: directoryPermissions,
    env: environment,
  })
  const contextOf = (actor: Actor): QueryContext => ({
    db,
    county,
    actor,
    now: noon,
    today: dayOf(noon),
    environment,
    demo: false,
    boxes: (permission) => boxesFor(actor, permission, directoryPermissions),
    can: (permission, facets) => can(actor, permission, facets, directoryPermissions),
    holds: (permission) => holds(actor, permission, directoryPermissions),
  })
  const run = async <I extends z.ZodType, O extends z.ZodType>(
    actor: Actor,
    contract: ActionContract<I, O>,
    envelope: Partial<ActionEnvelope<unknown>> & { recordId: string; input: z.input<I> },
  ): Promise<ActionResult<z.output<O>>> => {
    const full = { actionId: newId(noon.getTime()), ...envelope }
    const result = await runner.run(actor, contract.id, full, { now: noon })
    return { ...result, output: contract.output.parse(result.output) }
  }
  const ask = async <I extends z.ZodType, O extends z.ZodType>(
    actor: Actor,
    contract: QueryContract<I, O>,
    input: z.input<I>,
  ): Promise<z.output<O>> => {
    const query = module.queries?.find((row) => row.contract.id === contract.id)
    if (!query) throw new Error(`${contract.id} is not registered`)
    return contract.output.parse(await query.run(contextOf(actor), input))
  }
  const register = async (more: Partial<z.input<typeof UnitInput>> = {}, actor = office): Promise<string> => {
    const recordId = newId(noon.getTime())
    await run(actor, registerUnit, { recordId, input: unitInput(more) })
    return recordId
  }
  return { directory, module, run, ask, register, contextOf }
}

export type Rig = Awaited<ReturnType<typeof openRig>>

/** The first sheet of a download, as texts. */
export async function sheetOf<I extends z.ZodType>(
  { module, contextOf }: Rig,
  actor: Actor,
  contract: QueryContract<I>,
  input: z.input<I>,
): Promise<string[][]> {
  const file = module.downloads?.find((row) => row.contract.id === contract.id)
  if (!file) throw new Error(`${contract.id} is not registered`)
  const book = new ExcelJS.Workbook()
  await book.xlsx.read((await file.open(contextOf(actor), input)).body)
  const rows: string[][] = []
  const columns = book.worksheets[0]?.columnCount ?? 0
  book.worksheets[0]?.eachRow((row) => {
    rows.push(Array.from({ length: columns }, (_, at) => row.getCell(at + 1).text))
  })
  return rows
}

/** The code of the refusal a promise ends with; 'accepted' when nothing was refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'accepted'
  } catch (error) {
    if (error instanceof Problem) return error.def.code
    throw error
  }
}
