import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, signIn } from './kit/browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
})

it('every number opens exactly the rows it counts', async () => {
  const { page, faults } = await signIn(browser, 'leader')
  await page.goto('/statistics')
  await page.getByText('累计发现').first().waitFor()
  const links = await page.locator('a[href*="/hazards?"], a[href="/hazards"]').evaluateAll((anchors) =>
    anchors.map((anchor) => ({
      href: anchor.getAttribute('href') ?? '',
      text: (anchor.textContent ?? '').replace(/\D+/g, ' ').trim(),
    })),
  )
  const numbers = links.filter(({ text }) => /^\d+$/.test(text))
  expect(numbers.length).toBeGreaterThan(20)
  // The first ones are the overview; then every seventh cell of the table.
  const sample = numbers.filter((_, at) => at < 6 || at % 7 === 0).slice(0, 16)
  for (const { href, text } of sample) {
    await page.goto(href)
    await page
      .getByRole('status')
      .filter({ hasText: `共 ${Number(text)} 条` })
      .waitFor()
  }
  expect(faults).toEqual([])
})
