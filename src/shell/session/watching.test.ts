import { describe, expect, it } from 'vitest'
import { remainingWords, type Watched, watchSession } from './watching.ts'

const minute = 60_000
const hour = 60 * minute
/** Signed in at 0 for twelve hours, idle after two. */
const at = (now: number, more: Partial<Watched> = {}) =>
  watchSession({ now, endsAt: 12 * hour, idleMs: 2 * hour, lastContact: 0, lastInput: 0, ...more })

describe('a session that nobody uses', () => {
  it('is warned of in its last minutes, counted from when the server may have seen it last', () => {
    expect(at(113 * minute)).toEqual({ tell: false, check: false, warning: undefined })
    expect(at(114 * minute).warning).toEqual({ kind: 'idle', seconds: 300 })
    expect(at(118.5 * minute).warning).toEqual({ kind: 'idle', seconds: 30 })
  })

  it('is asked after when it should be over, and not before, because asking would keep it alive', () => {
    expect(at(119 * minute).check).toBe(false)
    expect(at(120 * minute).check).toBe(false)
    expect(at(120 * minute + 5_000).check).toBe(true)
  })
})

describe('a session in which somebody types without sending anything', () => {
  it('is kept alive, but not at every key', () => {
    const typing = (now: number) => at(now, { lastInput: now })
    expect(typing(4 * minute).tell).toBe(false)
    expect(typing(5 * minute)).toEqual({ tell: true, check: false, warning: undefined })
    expect(at(6 * minute, { lastInput: 4 * minute, lastContact: 5 * minute }).tell).toBe(false)
  })

  it('calls off the warning as soon as a hand is moved', () => {
    expect(at(116 * minute, { lastInput: 116 * minute })).toEqual({ tell: true, check: false, warning: undefined })
  })

  it('with a short idle time is told in time', () => {
    const short = { idleMs: 8 * minute }
    expect(at(2 * minute, { ...short, lastInput: 2 * minute }).tell).toBe(true)
    expect(at(5 * minute, short).warning).toEqual({ kind: 'idle', seconds: 120 })
  })
})

describe('the end of the day', () => {
  const busy = (now: number) => at(now, { lastContact: now, lastInput: now })

  it('is announced ten minutes before, however busy one is', () => {
    expect(busy(11 * hour + 49 * minute).warning).toBeUndefined()
    expect(busy(11 * hour + 50 * minute).warning).toEqual({ kind: 'ending', seconds: 600 })
    expect(busy(12 * hour + 5_000).check).toBe(true)
  })
})

it('tells the time left as people do', () => {
  expect([3, 60, 245, 600].map(remainingWords)).toEqual(['3秒', '1分00秒', '4分05秒', '10分00秒'])
})
