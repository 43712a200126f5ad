import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { projectRoot } from '#platform/config/config.ts'
import { attach, form, openBrowser, send, signIn } from './kit/browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
})

const decided = async (page: Page) =>
  Number(/已决定 (\d+) \//.exec((await page.getByText(/已决定 \d+ \//).textContent()) ?? '')?.[1])

it('the office reads the plan and confirms it: by letters, with a correction, the plain ones at once', async () => {
  const { page, faults } = await signIn(browser, 'anwei')
  await page.goto('/plan/documents')
  await page.getByRole('button', { name: '上传方案' }).click()
  const text = await readFile(join(projectRoot, 'test/plan/fixtures/qingyang.txt'))
  await attach(page, { name: '方案.txt', mimeType: 'text/plain', buffer: text })
  await send(page, '读取')
  await page.getByRole('region', { name: '当前建议' }).waitFor({ timeout: 30_000 })

  // The sentence in question stands marked beside the proposal.
  expect(await page.locator('mark').count()).toBe(1)
  await page.keyboard.press('y')
  await expect.poll(() => decided(page)).toBe(1)
  await page.keyboard.press('n')
  await expect.poll(() => decided(page)).toBe(2)
  await page.getByRole('region', { name: '当前建议' }).getByRole('button', { name: '修改' }).click()
  await form(page).getByLabel('做什么').fill('由县安委办统一组织')
  await send(page, '按修改确认')
  await expect.poll(() => decided(page)).toBe(3)

  const bulk = page.getByRole('button', { name: /一并确认明确的/ })
  const plain = Number(/\d+/.exec((await bulk.textContent()) ?? '')?.[0])
  await bulk.click()

  await page.getByRole('button', { name: '看过了，一并确认' }).click()
  await expect.poll(() => decided(page), { timeout: 30_000 }).toBe(3 + plain)
  await page.setViewportSize({ width: 390, height: 844 })

  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.goto('/plan/documents')
  await page.getByText('确认中').first().waitFor()

  expect(faults).toEqual([])
})
