import { type AddressInfo, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { ConfigError } from './config.ts'
import { probePort } from './port-probe.ts'

it('names a taken port and offers the next, and leaves a free one free', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as AddressInfo
  const attempt = probePort(port, '127.0.0.1')
  await expect(attempt).rejects.toBeInstanceOf(ConfigError)
  await expect(attempt).rejects.toThrow(`端口 ${port} 已被别的程序占用`)
  await new Promise((resolve) => taken.close(resolve))
  await probePort(port, '127.0.0.1')
  await probePort(port, '127.0.0.1')
})

it('says when HOST is not an address of this machine', async () => {
  await expect(probePort(0, '192.0.2.1')).rejects.toThrow(/HOST=192.0.2.1 不是本机的地址/)
})
