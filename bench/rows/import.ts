import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { newId } from '#kernel/ids.ts'
import { projectRoot } from '#platform/config/config.ts'
import { xlsxStream } from '#platform/excel/writer.ts'
import type { Running, Visitor } from '#test/kit/served.ts'
import type { Row } from '../measure/report.ts'
import type { Stage } from '../stage/stage.ts'
import { descriptions } from '../stage/words.ts'

interface Listed {
  readonly name: string
  readonly town: string
}

const unitsInLedger = 4_000

/** Units as an office writes them: by their names, with the name of their town. */
async function listedUnits({ url, county }: Stage): Promise<Listed[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<Listed>(
    `select u.name, a.name as town from unit u join area a on a.county = u.county and a.code = substr(u.area, 1, 9)
     where u.county = $1 order by u.id limit ${unitsInLedger}`,
    [county],
  )
  await client.end()
  return rows
}

/** A ledger of a county's office: every row a hazard of its own, most of them closed, and none that a run before had. */
export function ledger(rows: number, units: readonly Listed[]): Promise<Buffer> {
  const run = Date.now().toString(36)
  const heading = [
    '乡镇',
    '单位名称',
    '行业领域',
    '隐患来源',
    '隐患等级',
    '隐患内容',
    '发现时间',
    '整改期限',
    '整改情况',
    '销号时间',
    '整改责任人',
    '联系电话',
    '整改措施',
  ]
  const texts = descriptions()
  const day = (n: number, more: number) => new Date(Date.UTC(2024, 0, 1 + (n % 700) + more)).toISOString().slice(0, 10)
  const line = (n: number) => {
    const closed = n % 10 !== 0
    return [
      units[n % units.length]?.town ?? '',
      units[n % units.length]?.name ?? '',
      '工贸',
      '检查',
      n % 30 === 0 ? '重大' : '一般',
      `${texts[(n * 7) % texts.length]?.text}（${run}-${n}号点位）`,
      day(n, 0),
      day(n, 30),
      closed ? '已整改销号' : '整改中',
      closed ? day(n, 12) : '',
      '王建国',
      '13800000000',
      '立即整改，更换设施并组织培训',
    ]
  }
  const columns = heading.map((title) => ({ title, width: 14 }))
  const lines = Array.from({ length: rows }, (_, n) => line(n))
  return buffer(xlsxStream([{ title: '台账', columns, rows: lines }], new Date(0)))
}

/** Resident memory of a process in MiB, from the kernel's own figures. */
function residentMiB(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1] ?? 0) / 1024
}

async function parsing(path: string): Promise<number> {
  const child = fork(join(projectRoot, 'bench/measure/parse-only.ts'), [path])
  return new Promise<number>((resolve, reject) => {
    child.once('message', (message: { ms: number }) => resolve(message.ms))
    child.once('exit', (code) => reject(new Error(`parsing ended with ${code}`)))
  })
}

/** From the start of the upload to the last row accounted for, as the import screen does it. */
export async function measureImport(
  stage: Stage,
  server: Running,
  visitor: Visitor,
  folder: string,
  rows: number,
): Promise<Row> {
  const file = await ledger(rows, await listedUnits(stage))
  const path = join(folder, 'ledger.xlsx')
  await writeFile(path, file)
  const parseMs = await parsing(path)
  const idle = residentMiB(server.pid)
  let peak = idle
  const watch = setInterval(() => {
    peak = Math.max(peak, residentMiB(server.pid))
  }, 50)
  try {
    const { wholeMs, readMs } = await bringIn(visitor, file, rows)
    const above = peak - idle
    const ratio = wholeMs / parseMs
    return {
      id: 'd',
      title: `import of a ledger of ${rows} rows`,
      measured: `${(wholeMs / 1000).toFixed(1)} s (${(readMs / 1000).toFixed(1)} s until it can be looked at), ${above.toFixed(0)} MiB above idle`,
      floor: `${(parseMs / 1000).toFixed(2)} s only parsing it`,
      ratio,
      aim: '≤ 3, ≤ 300 MiB',
      met: ratio <= 3 && above <= 300,
      figures: { rows, wholeMs, readMs, parseMs, idleMiB: idle, peakMiB: peak, bytes: file.length },
    }
  } finally {
    clearInterval(watch)
  }
}

/** Uploads the ledger, has it read and brings it in, and waits until the last row is accounted for. */
async function bringIn(visitor: Visitor, file: Buffer, rows: number) {
  const begun = performance.now()
  const uploadId = await visitor.upload('台账.xlsx', 'other', file)
  const importId = newId(Date.now())
  const start = { actionId: newId(Date.now()), recordId: importId, input: { uploadId } }
  await visitor.act('/api/ledgerimport/start', start)
  const readMs = performance.now() - begun
  const view = async () => JSON.parse((await visitor.ask('/api/ledgerimport/get', { id: importId })).text)
  const before = await view()
  if (before.counts.ready !== rows) throw new Error(`not every row is ready: ${JSON.stringify(before.counts)}`)
  const run = { actionId: newId(Date.now()), recordId: importId, version: before.version, input: {} }
  await visitor.act('/api/ledgerimport/run', run)
  for (;;) {
    const now = await view()
    if (now.state === 'done') {
      if (now.counts.imported !== rows) throw new Error(`not every row came in: ${JSON.stringify(now.counts)}`)
      break
    }
    await sleep(100)
  }
  return { wholeMs: performance.now() - begun, readMs }
}
