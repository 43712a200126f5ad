import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { askHolder, HomeHeldError, lockHome } from './embedded-lock.ts'

let serial = 0
/** The lock goes by the name alone, so no folder need be there. */
function someHome(): string {
  serial += 1
  return `/srv/zhiben-lock-${process.pid}-${serial}`
}

describe('lockHome', () => {
  it('lets one in, tells the next who holds the folder and where it answers, and is free again afterwards', async () => {
    const home = someHome()
    const lock = await lockHome(home, '治本系统')
    lock.update({ state: 'running', address: 'http://localhost:8080' })
    const refused = await lockHome(home, '治本命令行').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(HomeHeldError)
    expect(String(refused)).toContain(`治本系统（进程号 ${process.pid}，地址 http://localhost:8080）`)
    await lock.release()
    expect(await askHolder(home)).toBeNull()
    await (await lockHome(home, '治本命令行')).release()
  })

  it('waits for a holder that is stopping, but not for ever', async () => {
    const home = someHome()
    const lock = await lockHome(home, '治本系统')
    lock.update({ state: 'stopping' })
    await expect(lockHome(home, '下一个', 300)).rejects.toBeInstanceOf(HomeHeldError)
    const next = lockHome(home, '下一个')
    await sleep(300)
    await lock.release()
    await (await next).release()
  })

  it('lets exactly one of many in', async () => {
    const home = someHome()
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => lockHome(home, '治本系统')))
    const won = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(won).toHaveLength(1)
    await won[0]?.release()
  })

  it('is freed by the end of its holder, however that ends', { timeout: 60_000 }, async () => {
    const home = someHome()
    const module = fileURLToPath(new URL('embedded-lock.ts', import.meta.url))
    const words = `const { lockHome } = await import(${JSON.stringify(module)})
      await lockHome(${JSON.stringify(home)}, '别的进程'); console.log('held'); setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', words])
    await once(holder.stdout, 'data')
    await expect(lockHome(home, '治本系统')).rejects.toThrow(`进程号 ${holder.pid}`)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    await (await lockHome(home, '治本系统')).release()
  })
})
