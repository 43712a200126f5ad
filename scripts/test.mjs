// Everything: what `check` checks, the tests on a real database, and the journeys in a real browser.
import { check, runTool } from './check.mjs'
import { buildWeb, install } from './launch.mjs'

install()
check()
runTool('database tests', 'vitest/vitest.mjs', ['run', '--project', 'int'])
buildWeb()
runTool('browser journeys', 'vitest/vitest.mjs', ['run', '--project', 'e2e'])
