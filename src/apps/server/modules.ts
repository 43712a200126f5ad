import { type CriteriaShelf, createCriteria } from '#capabilities/criteria/server/library.ts'
import { criteriaModule } from '#capabilities/criteria/server/module.ts'
import { createDirectory, type LoadedDirectory } from '#capabilities/directory/server/directory.ts'
import { directoryModule } from '#capabilities/directory/server/module.ts'
import { hazardModule } from '#capabilities/hazard/server/module.ts'
import { hazardPort } from '#capabilities/hazard/server/port.ts'
import { hazardFlows } from '#capabilities/hazard/server/queries/moved.ts'
import { standingOfUnit } from '#capabilities/hazard/server/queries/of-unit.ts'
import {
  createHolders,
  createPasswords,
  createSessions,
  type DemoAccount,
  identityModule,
  type Passwords,
  type Sessions,
} from '#capabilities/identity/server/module.ts'
import type { LedgerDeps } from '#capabilities/ledger/server/deps.ts'
import { ledgerModule } from '#capabilities/ledger/server/module.ts'
import { outcomesOf } from '#capabilities/ledger/server/queries/outcomes.ts'
import type { Vocabulary } from '#capabilities/ledgerimport/model/index.ts'
import { ledgerImportModule } from '#capabilities/ledgerimport/server/module.ts'
import type { YearlyTask } from '#capabilities/listing/server/deps.ts'
import { followingHazards } from '#capabilities/listing/server/follow.ts'
import { listingModule } from '#capabilities/listing/server/module.ts'
import { listsModule } from '#capabilities/lists/server/module.ts'
import { planModule } from '#capabilities/plan/server/module.ts'
import { planDocumentModule } from '#capabilities/plandocument/server/module.ts'
import { progressModule } from '#capabilities/progress/server/module.ts'
import { raisePeriods } from '#capabilities/progress/server/periods.ts'
import { countedBy } from '#capabilities/statistics/model/index.ts'
import { statisticsModule } from '#capabilities/statistics/server/module.ts'
import { countUnread, logExport, systemModule } from '#capabilities/system/server/module.ts'
import { taskModule } from '#capabilities/task/server/module.ts'
import { raisePlan } from '#capabilities/task/server/raising.ts'
import type { Actor, PermissionTable } from '#kernel/grants.ts'
import { type Clock, yearOf } from '#kernel/time.ts'
import { followed } from '#platform/actions/follow.ts'
import type { ActionRunner, BatchRun } from '#platform/actions/runner.ts'
import type { ClockedKind } from '#platform/clock/projection.ts'
import type { Db, Reader, Tx } from '#platform/db/tables.ts'
import { readDocument } from '#platform/documents/read.ts'
import type { Files } from '#platform/files/files.ts'
import type { ExportDesk, MechanismSource, RecordSight, ServerModule } from '#platform/module/module.ts'
import type { Environment } from '#platform/parameters/environment.ts'
import { isTold } from '../demo/store.ts'
import { describePack } from '../packs/describe.ts'
import { mechanismsOf } from '../packs/mechanisms.ts'
import type { Pack } from '../packs/read.ts'
import { type DutyCapability, dutyCapability, withDuties } from './duties.ts'
import { planParts, problemsFor } from './plan-parts.ts'
import { uploadedStandardOf } from './uploaded-standard.ts'
import { tableOf, unitTableOf, uploadedTable } from './uploaded-tables.ts'

/** Runs jobs and clocks; named in the audit as what it is. */
export const systemActor = (county: string): Actor => ({
  county,
  accountId: '00000000-0000-7000-8000-000000000001',
  personId: null,
  name: '系统',
  grants: [],
  system: true,
})

export interface ModuleParts {
  readonly db: Db
  readonly county: string
  readonly pack: Pack
  /** Reads the files of the pack as they are now. */
  readonly rereadPack: () => Promise<Pack>
  readonly clock: Clock
  readonly environment: Environment
  readonly files: Files
  /** Asked late: the runner is built from the modules' actions. */
  readonly runner: () => ActionRunner
  readonly demo: () => boolean
  readonly demoAccounts: () => readonly DemoAccount[]
}

/** Within a transaction, at a moment: what the plan asks for until then is made, and whatever is there stays. */
export type RaiseAll = (raising: { run: BatchRun; tx: Tx; actor: Actor; now: Date }) => Promise<number>

export interface Modules {
  readonly all: readonly ServerModule[]
  readonly permissions: PermissionTable
  readonly sights: ReadonlyMap<string, RecordSight>
  readonly titles: ReadonlyMap<string, string>
  readonly directory: LoadedDirectory
  readonly criteria: CriteriaShelf
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly duties: DutyCapability
  readonly raise: RaiseAll
}

/** The words ledgers use for the county's areas and sectors: names and the aliases of its pack. */
export function vocabularyOf(pack: Pack): Vocabulary {
  return {
    areas: pack.areas
      .filter((area) => area.level === 'town' || area.level === 'zone')
      .map((area) => ({ code: area.code, names: [area.name, ...area.aliases] })),
    sectors: pack.sectors.map((sector) => ({ id: sector.id, names: [sector.name, ...sector.aliases] })),
  }
}

/** What the capabilities share, made once. */
interface Core extends ModuleParts {
  readonly directory: LoadedDirectory
  readonly criteria: CriteriaShelf
  readonly passwords: Passwords
  readonly sessions: Sessions
  readonly permissions: PermissionTable
  readonly sights: ReadonlyMap<string, RecordSight>
  readonly titles: ReadonlyMap<string, string>
  /** Asked late, when all modules are there. */
  readonly clocked: () => readonly ClockedKind[]
  /** Asked late as well: what clauses of the plan are fulfilled by. */
  readonly mechanisms: () => readonly MechanismSource[]
  readonly exports: ExportDesk
}

/** Every capability with what it needs of the others: the only place where they are put together. */
export async function buildModules(parts: ModuleParts): Promise<Modules> {
  const { db, county, pack, environment } = parts
  const directory = await createDirectory(db, county)
  const passwords = createPasswords()
  const sessions = createSessions({ db, county, directory, environment, demo: parts.demo })
  const sights = new Map<string, RecordSight>()
  const titles = new Map<string, string>()
  const permissions: Record<string, PermissionTable[string]> = {}
  const criteria = createCriteria(county, () => pack.words)
  const clocked = () => all.flatMap((module) => module.clocked ?? [])
  const mechanisms = () => all.flatMap((module) => module.mechanisms ?? [])
  const exports = exportDesk(db, directory, sights)
  const shared = { directory, criteria, passwords, sessions, permissions, sights, titles }
  const core: Core = { ...parts, ...shared, exports, clocked, mechanisms }
  const duties = dutyCapability(core)
  const before = [
    ...[...foundation(core), ...hazardCapabilities(core), ledgers(core)],
    ...[taskModule(taskParts(core)), progressModule(progressParts(core))],
    ...overview(core),
  ]
  const all: readonly ServerModule[] = [...withDuties(before, duties), duties.module]
  for (const module of all) collect(module, permissions, sights, titles)
  const raise: RaiseAll = async (raising) =>
    (await raisePlan(taskParts(core), raising)) + (await raisePeriods(progressParts(core), raising))
  return { all, permissions, sights, titles, directory, criteria, sessions, passwords, duties, raise }
}

/** A unit is named only to those who may see it; areas, sectors and bodies are no secrets. */
function exportDesk(db: Db, directory: LoadedDirectory, sights: ReadonlyMap<string, RecordSight>): ExportDesk {
  return {
    log: (actor, now, what) => logExport(db, actor, now, what),
    async nameOf(context, kind, code) {
      if (kind === 'area') return directory.areaName(context.county, code)
      if (kind === 'sector') return directory.sectorName(context.county, code)
      if (kind === 'body') return directory.bodyName(context.county, code)
      return (await sights.get(kind)?.sight(context, code))?.label ?? code
    },
  }
}

function foundation(core: Core): ServerModule[] {
  const { db, county, directory, environment, passwords, sessions, clock, files } = core
  return [
    identityModule({
      db,
      county,
      directory,
      environment,
      passwords,
      sessions,
      clock,
      exports: core.exports,
      permissions: () => core.permissions,
      unread: (actor) => countUnread(db, actor),
      demo: core.demo,
      demoAccounts: core.demoAccounts,
    }),
    directoryModule({
      directory,
      standingHazards: standingOfUnit,
      matrix: { ...core.pack, issuedOn: core.pack.manifest.issuedOn },
      readUpload: async (uploadId, accountId, maxRows) => {
        const file = await uploadedTable(files, db, uploadId, accountId)
        return file && unitTableOf(file, maxRows)
      },
      exports: core.exports,
    }),
  ]
}

/** What the pack's plan asks to be listed every year, for every year of its stages. */
function yearlyTaskOf({ manifest }: Pack): YearlyTask | undefined {
  if (!manifest.yearlyListing) return undefined
  const [from, to] = [
    manifest.stages.map((stage) => stage.from).sort()[0],
    manifest.stages
      .map((stage) => stage.to)
      .sort()
      .at(-1),
  ]
  if (from === undefined || to === undefined) return undefined
  const years = Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, at) => yearOf(from) + at)
  return { ...manifest.yearlyListing, years }
}

function hazardCapabilities(core: Core): ServerModule[] {
  const { db, county, directory, criteria, files, clock, runner, sessions, environment } = core
  const vocabulary = vocabularyOf(core.pack)
  const holders = createHolders({ db, county, directory, environment, demo: core.demo }, () => core.permissions)
  const listing = {
    directory,
    hazards: hazardPort,
    holders,
    files,
    yearly: yearlyTaskOf(core.pack),
    exports: core.exports,
  }
  const hazards = hazardModule({
    directory,
    criteria: criteria.current,
    files,
    county,
    systemActor,
    clockEnv: environment,
    countedBy,
    exports: core.exports,
  })
  const follow = followingHazards(listing, systemActor)
  return [
    criteriaModule({
      shelf: criteria,
      exports: core.exports,
      isSector: (id) => directory.index.sectorNames.has(id),
      readFile: async (uploadId, accountId) => {
        const file = await files.readUpload(db, uploadId, accountId)
        return file && uploadedStandardOf(file)
      },
    }),
    { ...hazards, actions: hazards.actions?.map((action) => followed(action, follow)) ?? [] },
    listingModule({ ...listing, county, clockEnv: environment }),
    ledgerImportModule({
      db,
      county,
      clock,
      runner,
      deps: {
        directory,
        hazards: hazardPort,
        exports: core.exports,
        vocabulary: () => vocabulary,
        readUpload: (uploadId, accountId) => uploadedTable(files, db, uploadId, accountId),
        actorOf: (accountId, now) => sessions.accountActor(accountId, now),
      },
    }),
  ]
}

const ledgerParts = ({ db, directory, files, pack }: Core): LedgerDeps => ({
  directory,
  files,
  ledgers: pack.ledgers,
  readSheet: async (uploadId, accountId, expected) => {
    const file = await uploadedTable(files, db, uploadId, accountId)
    return file && tableOf(file, expected)
  },
})

const ledgers = (core: Core): ServerModule =>
  ledgerModule({
    ...ledgerParts(core),
    county: core.county,
    exports: core.exports,
    work: {
      ...{ db: core.db, county: core.county, clock: core.clock, runner: core.runner },
      actorOf: (accountId, now) => core.sessions.accountActor(accountId, now),
    },
  })

function planOf({ files, pack, directory }: Core): ServerModule {
  return planDocumentModule({
    bind: (tx, target, inputs) => files.bind(tx, target, inputs),
    readFile: async (reader, uploadId, accountId) => {
      const file = await files.findUpload(reader, uploadId, accountId)
      if (!file) return undefined
      const { path } = await files.open(file, 'file')
      return { name: file.name, text: await readDocument(path) }
    },
    bodies: () =>
      pack.bodies.map(({ id, aliases }) => ({ id, name: directory.index.bodyNames.get(id) ?? id, aliases })),
  })
}

const raisedBy = ({ db, county, directory, exports, clock, runner, mechanisms }: Core) => ({
  ...{ county, directory, exports, clock, runner, mechanisms, systemActor },
  // What a demo county tells of the past it raises itself, each at its time.
  settled: () => isTold(db, county),
})

/** Tasks, filings, meetings and chains, as the plan asks for them. */
const taskParts = (core: Core) => ({
  ...raisedBy(core),
  files: core.files,
  clockEnv: core.environment,
  plan: core.pack.tasks,
  planIssuedOn: core.pack.manifest.issuedOn,
  stages: core.pack.manifest.stages,
})

const progressParts = (core: Core) => ({
  ...raisedBy(core),
  environment: core.environment,
  returns: core.pack.returns,
})

function overview(core: Core): ServerModule[] {
  const { db, county, directory, pack, sessions, sights, titles, exports, clocked } = core
  const parts = planParts(pack, directory)
  const { sideOf, dueOf, supervised, departments } = parts
  return [
    statisticsModule({
      areas: () =>
        [...directory.index.areas.values()]
          .filter((area) => area.level === 'town')
          .map(({ code, name, supervised }) => ({ code, name, supervised })),
      sectors: () => pack.sectors.map(({ id, name }) => ({ id, name })),
      flows: hazardFlows,
      sideOf,
      dueOf,
      exports,
    }),
    planModule({
      plan: pack.plan,
      title: pack.manifest.title,
      problems: (context, question) => problemsFor(parts, directory, context, question),
      outcomes: (context, question) => outcomesOf(ledgerParts(core), context, question),
      mechanisms: () => mechanismsOf(pack),
      sources: core.mechanisms,
      bodyName: (id) => directory.bodyName(county, id),
      supervised,
      departments,
      exports,
    }),
    listsModule,
    planOf(core),
    systemModule({
      db,
      clocked,
      sights: () => sights,
      titleOf: (operation) => titles.get(operation) ?? operation,
      bodyName: (of, id) => directory.bodyName(of, id),
      personName: (context, id) => nameOf(directory, sessions, context.db, county, id),
      exports,
      describePack: (reader, today) => describePack(pack, core.rereadPack, reader, today),
    }),
  ]
}

async function nameOf(
  directory: LoadedDirectory,
  sessions: Sessions,
  reader: Reader,
  county: string,
  id: string,
): Promise<string> {
  const person = await directory.personOf(reader, county, id)
  return person?.name ?? (await sessions.accountName(id)) ?? '已不在名录中的人员'
}

function collect(
  module: ServerModule,
  permissions: Record<string, PermissionTable[string]>,
  sights: Map<string, RecordSight>,
  titles: Map<string, string>,
): void {
  for (const [id, permission] of Object.entries(module.permissions)) {
    if (permissions[id]) throw new Error(`permission ${id} is declared twice`)
    permissions[id] = permission
  }
  for (const sight of module.recordTypes ?? []) sights.set(sight.type, sight)
  const contracts = [
    ...(module.actions ?? []),
    ...(module.queries ?? []),
    ...(module.downloads ?? []),
    ...(module.plain ?? []),
  ].map((entry) => entry.contract)
  for (const contract of contracts) titles.set(contract.id, contract.title)
}
