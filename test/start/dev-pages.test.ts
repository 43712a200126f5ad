import { join } from 'node:path'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'

let pages: ViteDevServer
beforeAll(async () => {
  pages = await createServer({
    configFile: join(projectRoot, 'vite.config.ts'),
    logLevel: 'silent',
    server: { port: 0, host: '127.0.0.1', strictPort: false, watch: null, hmr: false },
    optimizeDeps: { noDiscovery: true },
  })
  await pages.listen()
})
afterAll(() => pages?.close())

async function documentAt(path: string, accept = 'text/html,*/*;q=0.8'): Promise<string> {
  const place = pages.httpServer?.address()
  const port = typeof place === 'object' && place ? place.port : 0
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept } })
  return answer.text()
}

describe('the pages while they are developed', () => {
  it('opens every address below /m with the phone’s document, as the product does', async () => {
    for (const path of ['/m', '/m/', '/m/hazards', '/m/hazards/0190b5c0-0000-7000-8000-000000000001/do/hazard.accept'])
      expect(await documentAt(path), path).toMatch(/interactive-widget.*src="\/m\/main.tsx"/s)
  })

  it('leaves the office and the sources of the phone’s document alone', async () => {
    expect(await documentAt('/hazards')).not.toContain('interactive-widget')
    expect(await documentAt('/m/main.tsx', '*/*')).toContain('FieldApp')
  })
})
