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

it('a clerk sees her own town and is told that another town’s hazard does not exist', async () => {
  const office = await signIn(browser, 'anwei')
  await office.page.goto('/hazards?area=341723100&size=20')
  await office.page.getByRole('table').getByText('蓉城镇').first().waitFor()
  await office.page.locator('tr.zb-row').first().click()
  await office.page.getByRole('heading', { name: /^隐患 / }).waitFor()
  const foreign = new URL(office.page.url()).pathname

  const clerk = await signIn(browser, 'town-muzhen')
  await clerk.page.goto('/hazards')
  await clerk.page.getByRole('table').getByText('木镇镇').first().waitFor()
  expect(await clerk.page.getByRole('table').getByText('蓉城镇', { exact: true }).count()).toBe(0)
  await clerk.page.goto(foreign)
  await clerk.page.getByText('没有找到').first().waitFor()
  await clerk.page.goto('/accounts')
  await clerk.page.getByText('没有权限').first().waitFor()
  expect([...office.faults, ...clerk.faults]).toEqual([])
})
