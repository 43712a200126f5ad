import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { freePort, removeProduct, spawnProduct } from './product-process.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the running product, demo data and all. */
    address: string
  }
}

/** Starts the product as `npm start` does, on a data folder of its own, and waits until its demo county is complete. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'zhiben-e2e-'))
  const product = spawnProduct(home, await freePort())
  const remove = () => removeProduct(product, home)
  try {
    await product.until('the demo county is complete', () => /演示数据：(\d+) \/ \1/.test(product.said()))
  } catch (error) {
    await remove()
    throw error
  }
  project.provide('address', product.address)
  return remove
}
