import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { rotateLog } from './rotate.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhiben-log-'))
const file = join(folder, 'a.log')
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('keeps the log while it is small, and the three newest after that', () => {
  expect(rotateLog(file, 3)).toBe(false)
  writeFileSync(file, 'ab')
  expect(rotateLog(file, 3)).toBe(false)
  for (const text of ['one', 'two', 'three', 'four', 'five']) {
    writeFileSync(file, text)
    expect(rotateLog(file, 3)).toBe(true)
  }
  expect(readdirSync(folder).sort()).toEqual(['a.log.1', 'a.log.2', 'a.log.3'])
  expect([1, 2, 3].map((at) => readFileSync(`${file}.${at}`, 'utf8'))).toEqual(['five', 'four', 'three'])
})
