import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars']
process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x'
const b = await chromium.launch({ executablePath: await sparticuz.executablePath(), args, headless: true })
const pages = process.argv.slice(2)
for (const [name, size] of [['desk', { width: 1440, height: 900 }], ['phone', { width: 390, height: 844 }]] as const) {
  const c = await b.newContext({ viewport: size, locale: 'zh-CN', baseURL: 'http://127.0.0.1:3461' })
  const p = await c.newPage()
  await p.goto('/login'); await p.fill('input[autocomplete="username"], #login, input[type="text"]', 'anwei'); await p.fill('input[type="password"]', 'Zhiben@2026'); await p.keyboard.press('Enter'); await p.waitForTimeout(2500)
  for (const path of pages) {
    await p.goto(path); await p.waitForTimeout(3500)
    if (path.includes('evaluation')) { const h = p.getByRole('heading', { name: /制度成果/ }); if (await h.count()) await h.first().scrollIntoViewIfNeeded(); await p.mouse.wheel(0, 300); await p.waitForTimeout(500) }
    await p.screenshot({ path: `/tmp/regs-${name}-${pages.indexOf(path)}.png` })
    if (path.startsWith('/ledgers/institutions') ) { const l = p.locator('a[href*="/items/"]').nth(2); if (await l.count()) { await l.click(); await p.waitForTimeout(2500); await p.screenshot({ path: `/tmp/regs-${name}-item.png`, fullPage: true }) } }
  }
}
await b.close()
