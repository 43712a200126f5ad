import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Stopped, StopStack } from './stop-stack.ts'

function rig(limitMs?: number) {
  const said: string[] = []
  const stack = new StopStack({ limitMs, report: (error) => said.push(`! ${(error as Error).message}`) })
  const stop = (name: string) => async () => void said.push(name)
  return { said, stack, stop }
}

it('stops in the opposite order, past one that throws and one that hangs', async () => {
  const { said, stack, stop } = rig(30)
  await stack.push(stop('lock'))
  await stack.push(() => Promise.reject(new Error('broken')))
  await stack.push(() => new Promise(() => {}))
  await stack.push(stop('http'))
  await stack.unwind()
  expect(said).toEqual(['http', '! 有一部分没有在 0.03 秒内停下', '! broken', 'lock'])
})

it('stops at once what is started after the signal, and ends the start', async () => {
  const { said, stack, stop } = rig()
  await stack.push(stop('lock'))
  const start = (async () => {
    await sleep(20)
    await stack.push(stop('database'))
    said.push('went on')
  })()
  await stack.unwind()
  expect(said).toEqual(['lock'])
  await expect(start).rejects.toBeInstanceOf(Stopped)
  expect(said).toEqual(['lock', 'database'])
})

it('stops nothing twice', async () => {
  const { said, stack, stop } = rig()
  await stack.push(stop('lock'))
  await Promise.all([stack.unwind(), stack.unwind()])
  await stack.unwind()
  expect(said).toEqual(['lock'])
})
