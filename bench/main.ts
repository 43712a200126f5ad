import { readFile, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { projectRoot } from '#platform/config/config.ts'
import { signIn, startServer } from '#test/kit/served.ts'
import { type Result, withCapacity } from './measure/docs.ts'
import { type Row, table } from './measure/report.ts'
import { measureAction } from './rows/action.ts'
import { measureDuties } from './rows/duties.ts'
import { growthRows, measureSearch } from './rows/growth.ts'
import { measureImport } from './rows/import.ts'
import { type ListFigures, listRow, measureLists } from './rows/list.ts'
import { type MatrixFigures, matrixRow, measureMatrix } from './rows/matrix.ts'
import { measureStart } from './rows/start.ts'
import { weightRow } from './rows/weight.ts'
import { benchPassword, type Ground, openGround, openStage, type Stage } from './stage/stage.ts'

const usage = `npm run bench -- [--quick] [--only a,b,c,d,e,f,g,h,i] [--json FILE] [--home FOLDER]
                 [--write-docs [--from FILE]] [--seconds 15] [--hazards 1000000] [--units 20000] [--ledger 20000]
  --quick  a small county and short runs: shows that everything still measures, not how fast it is
  --only   some of the rows
  --json   also writes every figure to FILE
  --write-docs
           writes the figures into docs/operating.md; with --from those of an earlier run's FILE, without measuring
  --home   keeps the filled databases there for the next run
  --seconds, --hazards, --units, --ledger
           how long each load lasts, and how large the county and the ledger are`

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
    from: { type: 'string' },
    home: { type: 'string' },
    seconds: { type: 'string' },
    hazards: { type: 'string' },
    units: { type: 'string' },
    ledger: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}

const quick = values.quick
const wanted = (id: string) => !values.only || values.only.split(',').includes(id)
const say = (line: string) => console.error(`… ${line}`)
const number = (asked: string | undefined, otherwise: number) => {
  const n = asked === undefined ? otherwise : Number(asked)
  if (Number.isInteger(n) && n >= 1) return n
  console.error(usage)
  return process.exit(2)
}
const seconds = number(values.seconds, quick ? 1 : 15)
const sizes = {
  large: {
    hazards: number(values.hazards, quick ? 5_000 : 1_000_000),
    units: number(values.units, quick ? 200 : 20_000),
  },
  small: quick ? { hazards: 1_000, units: 100 } : { hazards: 10_000, units: 200 },
  duties: quick ? { hazards: 500, units: 200 } : { hazards: 1_000, units: 20_000 },
  ledger: number(values.ledger, quick ? 300 : 20_000),
}
/** The town of the clerk who looks beside the administrator. */
const clerk = { login: 'town-muzhen', area: '341723101' }

interface County {
  readonly lists?: ListFigures
  readonly matrix?: MatrixFigures
  readonly rows: readonly Row[]
}

async function county(ground: Ground, stage: Stage, whole: boolean): Promise<County> {
  const server = await startServer(`${ground.home}/server`, stage.url)
  try {
    const [admin, town, office] = await Promise.all(
      ['admin', clerk.login, 'anwei'].map((login) => signIn(server.base, login, benchPassword, 20)),
    )
    if (!admin || !town || !office) throw new Error('nobody signed in')
    const rows: Row[] = []
    say(`lists of ${stage.size.hazards}`)
    const visitors = { admin, clerk: town }
    const lists =
      wanted('a') || wanted('f') ? await measureLists(ground, stage, visitors, clerk.login, seconds) : undefined
    if (whole && wanted('f')) rows.push(await measureSearch(admin, stage, seconds))
    say(`matrix of ${stage.size.hazards}`)
    const matrix =
      wanted('b') || wanted('f') ? await measureMatrix(ground, stage, office, clerk.area, seconds) : undefined
    if (whole && wanted('c')) rows.push(await measureAction(ground, stage, server, office, clerk.area, seconds))
    if (whole && wanted('d')) {
      say('import')
      rows.push(await measureImport(stage, server, office, ground.home, sizes.ledger))
    }
    for (const visitor of [admin, town, office]) visitor.close()
    return { rows, ...(lists ? { lists } : {}), ...(matrix ? { matrix } : {}) }
  } finally {
    await server.stop()
  }
}

async function counties(): Promise<Row[]> {
  const ground = await openGround(values.home)
  try {
    const small = wanted('f') ? await county(ground, await openStage(ground, sizes.small, say), false) : undefined
    const stage = await openStage(ground, sizes.large, say)
    const large = await county(ground, stage, true)
    return [
      ...(large.lists && wanted('a') ? [listRow(large.lists, stage)] : []),
      ...(large.matrix && wanted('b') ? [matrixRow(large.matrix)] : []),
      ...large.rows,
      ...(small?.lists && small.matrix && large.lists && large.matrix
        ? growthRows({ lists: large.lists, matrix: large.matrix }, { lists: small.lists, matrix: small.matrix })
        : []),
    ]
  } finally {
    await ground.close()
  }
}

async function duties(): Promise<Row[]> {
  const ground = await openGround(values.home)
  try {
    return await measureDuties(ground, await openStage(ground, sizes.duties, say), say)
  } finally {
    await ground.close()
  }
}

async function measure(): Promise<Result> {
  const rows: Row[] = []
  if (['a', 'b', 'c', 'd', 'f'].some(wanted)) rows.push(...(await counties()))
  if (wanted('h') || wanted('i')) rows.push(...(await duties()))
  if (wanted('e')) rows.push(...(await measureStart(quick)))
  if (wanted('g')) rows.push(weightRow())
  rows.sort((a, b) => a.id.localeCompare(b.id))
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGiB: totalmem() / 2 ** 30,
    node: process.version,
  }
  return { at: new Date().toISOString(), quick, machine, sizes, rows }
}

const result = values.from ? (JSON.parse(await readFile(values.from, 'utf8')) as Result) : await measure()
console.log(table(result.rows))
for (const { id, wrong } of result.rows) {
  if (wrong === undefined) continue
  console.error(`✗ ${id}: ${wrong}`)
  process.exitCode = 1
}
if (quick) console.log('\n--quick: the figures show that everything still measures; they say nothing about speed.')
if (values.json) await writeFile(values.json, `${JSON.stringify(result, null, 2)}\n`)
if (values['write-docs']) {
  const manual = join(projectRoot, 'docs/operating.md')
  await writeFile(manual, withCapacity(await readFile(manual, 'utf8'), result))
}
