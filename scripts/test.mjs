// Everything: what `check` checks, the tests on a real database, and the journeys in a real browser.
import { check, runScript, runTool } from './check.mjs'
import { buildWeb, install } from './launch.mjs'

await install()
await check()
// Before the database tests: one of them starts the product as `npm start` does, pages and all.
await buildWeb()
// Before anything slow: a library drawn into the phone's pages by one import is noticed here and nowhere else.
await runScript('weight of the pages', 'scripts/page-weight.mjs')
await runTool('database tests', 'vitest/vitest.mjs', ['run', '--project', 'int'])
// Every row of the benchmark on a county of a handful: it fails when something cannot be measured or an answer is wrong.
await runScript('benchmark, small', 'bench/main.ts', ['--quick'])
await runTool('browser journeys', 'vitest/vitest.mjs', ['run', '--project', 'e2e'])
