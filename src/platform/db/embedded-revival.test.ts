import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { keepUp, type Mortal } from './embedded-revival.ts'

/** Servers one after the other; `end` lets the newest end. */
function line(refusals = 0) {
  const said: string[] = []
  let listener: ((code: number | null) => void) | undefined
  let made = 0
  let left = refusals
  const make = (): Mortal => {
    made += 1
    const name = `server ${made}`
    return {
      onEnd: (heard) => {
        listener = heard
      },
      stop: async () => void said.push(`${name} stopped`),
    }
  }
  const kept = keepUp(make(), {
    again: async () => {
      if (left > 0) {
        left -= 1
        throw new Error('the old one is still going')
      }
      return make()
    },
    onRestart: (code) => said.push(`restart ${code}`),
    onGivenUp: (code) => said.push(`given up ${code}`),
  })
  return { said, kept, end: (code: number | null) => listener?.(code), made: () => made }
}

describe('a server that is kept up', () => {
  it('is started again when it ends, and the newest is the one that is stopped', async () => {
    const { said, kept, end } = line()
    end(null)
    await sleep(0)
    end(2)
    await sleep(0)
    await kept.stop()
    end(0)
    expect(said).toEqual(['restart null', 'restart 2', 'server 3 stopped'])
  })

  it('is tried again while what it left stands in the way', async () => {
    const { said, kept, end, made } = line(1)
    end(null)
    await sleep(1_200)
    expect(made()).toBe(2)
    await kept.stop()
    expect(said).toEqual(['restart null', 'server 2 stopped'])
  })

  it('is given up when it ends again and again', async () => {
    const { said, end } = line()
    for (let ends = 0; ends < 6; ends += 1) {
      end(1)
      await sleep(0)
    }
    expect(said).toEqual([...Array(5).fill('restart 1'), 'given up 1'])
  })
})
