// How much JavaScript a phone loads before the workbench stands, and what the office's first page weighs beside it.
// Reads the built pages as a browser does: the entry, and everything it imports before it runs.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const web = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'web')

/** KiB, gzipped, of login and workbench on the phone (issue 3, 1 g). */
const aim = 250

/** Files a document asks for, and whatever those import statically, each once. */
function loadedBy(starts) {
  const seen = new Set()
  const waiting = [...starts]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const text = readFileSync(join(web, 'assets', name), 'utf8')
    for (const [, next] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) waiting.push(next)
  }
  return seen
}

function scriptsOf(page) {
  const html = readFileSync(join(web, page), 'utf8')
  return [...html.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(([, name]) => name)
}

/** The chunk a page fetches by itself as soon as it runs: the office application behind its small entry. */
function officeChunk(scripts) {
  for (const name of scripts) {
    const found = /import\(["'`]\.\/(office-[^"'`]+\.js)["'`]\)/.exec(readFileSync(join(web, 'assets', name), 'utf8'))
    if (found) return found[1]
  }
  throw new Error('the office entry no longer loads its application; adapt scripts/page-weight.mjs')
}

function weigh(names) {
  const files = [...names].map((name) => ({
    name,
    kib: gzipSync(readFileSync(join(web, 'assets', name)), { level: 9 }).length / 1024,
  }))
  return { files: files.sort((a, b) => b.kib - a.kib), total: files.reduce((sum, file) => sum + file.kib, 0) }
}

/** KiB gzipped of the phone's login and workbench and of the office before its first page, file by file. */
export function weighPages() {
  if (!existsSync(join(web, 'm', 'index.html'))) throw new Error('dist/web is not there: run `npm run build` first')
  const officeScripts = scriptsOf('index.html')
  const phone = weigh(loadedBy(scriptsOf('m/index.html')))
  const office = weigh(loadedBy([...officeScripts, officeChunk(officeScripts)]))
  const heavy = phone.files.filter(({ name }) => /^(antd|echarts)-/.test(name)).map(({ name }) => name)
  const officeCharts = office.files.filter(({ name }) => /^echarts-/.test(name)).map(({ name }) => name)
  return {
    aim,
    phone,
    office,
    heavy,
    officeCharts,
    met: phone.total <= aim && heavy.length + officeCharts.length === 0,
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { phone, office, heavy, officeCharts, met } = weighPages()
  for (const { name, kib } of phone.files) console.log(`  ${kib.toFixed(1).padStart(6)} KiB  ${name}`)
  console.log(
    `phone, login + workbench: ${phone.total.toFixed(1)} KiB gzipped, aim ${aim} KiB: ${met ? 'met' : 'short'}`,
  )
  console.log(`office, before its first page: ${office.total.toFixed(1)} KiB gzipped`)
  if (heavy.length > 0) console.log(`the phone loads ${heavy.join(', ')}`)
  if (officeCharts.length > 0) console.log(`the office loads ${officeCharts.join(', ')} before a page shows a chart`)
  process.exit(met ? 0 : 1)
}
