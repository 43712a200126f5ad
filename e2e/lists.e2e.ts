import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { form, openAction, openBrowser, send, signIn } from './kit/browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
})

/** How many rows the list on the screen says it has. */
async function total(page: Page): Promise<number> {
  const said = page.getByRole('status').filter({ hasText: /^共 \d+ 条/ })
  return Number(/\d+/.exec((await said.first().textContent()) ?? '')?.[0])
}

it('a filter is kept with its account, opens the list, and goes to a colleague as a link', async () => {
  const { page, faults } = await signIn(browser, 'anwei')
  await page.goto('/units?sector=industryTrade&sort=-name')
  const narrowed = await total(page)
  await page.getByRole('button', { name: '常用筛选' }).click()
  await page.getByLabel('新的常用筛选名称').fill('工贸单位')
  await page.locator('.zb-saved-field').getByRole('button', { name: /保存$/ }).click()
  await page.getByRole('button', { name: '常用筛选：工贸单位' }).waitFor()
  await page.getByLabel('新的常用筛选名称').fill('工贸单位')
  await page.locator('.zb-saved-field').getByRole('button', { name: /保存$/ }).click()
  await page.getByRole('alert').filter({ hasText: '已有同名的常用筛选' }).waitFor()
  await page.getByRole('button', { name: '默认按“工贸单位”打开', exact: true }).click()
  await page.getByRole('button', { name: '不再默认按“工贸单位”打开' }).waitFor()
  await page.getByRole('button', { name: '把“工贸单位”作为链接发给别人' }).click()
  const link = await page.getByLabel('“工贸单位”的链接').inputValue()

  // Another computer of the same person opens the list with it; a colleague's link shows what the colleague may see.
  const elsewhere = await signIn(browser, 'anwei')
  await elsewhere.page.goto('/units')
  await elsewhere.page.getByRole('button', { name: '常用筛选：工贸单位' }).waitFor()
  expect(await total(elsewhere.page)).toBe(narrowed)
  const colleague = await signIn(browser, 'town-muzhen')
  await colleague.page.goto(link)
  expect(await total(colleague.page)).toBeLessThan(narrowed)
  expect([...faults, ...elsewhere.faults, ...colleague.faults]).toEqual([])
})

it('a list prints all its rows under a heading that repeats, with who and which', async () => {
  const { page, faults } = await signIn(browser, 'anwei')
  await page.goto('/units')
  const rows = await total(page)
  expect(rows).toBeGreaterThan(20)
  // The dialog of the printer would wait for a person.
  await page.evaluate(() => {
    window.print = () => {}
  })
  await page.getByRole('button', { name: '打印' }).click()
  const sheet = page.locator('.zb-sheet')
  await sheet.waitFor({ state: 'attached' })
  expect(await sheet.locator('tbody tr').count()).toBe(rows)
  await page.emulateMedia({ media: 'print' })
  const heading = await sheet.locator('thead').evaluate((head) => getComputedStyle(head).display)
  expect(heading).toBe('table-header-group')
  const words = (await sheet.textContent()) ?? ''
  expect(words).toContain(`共 ${rows} 条；筛选：`)
  expect(words).toMatch(/打印人：.+，\d{4}-\d{2}-\d{2}/)
  expect(words).toContain('演示数据')
  expect(faults).toEqual([])
})

it('two people change one unit: the second sees both, chooses, and types nothing again', async () => {
  const [first, second] = [await signIn(browser, 'anwei'), await signIn(browser, 'anwei2')]
  await first.page.goto('/units')
  const href = (await first.page.locator('a.zb-row-link').first().getAttribute('href')) ?? ''
  for (const { page } of [first, second]) {
    await page.goto(href)
    await openAction(page, '修改单位信息')
  }
  const name = await form(second.page).getByLabel('单位名称').inputValue()
  await form(second.page).getByLabel('单位名称').fill(`${name}（更名）`)
  await form(second.page).getByLabel('地址').fill('九华西路18号')
  await send(second.page, '修改单位信息')

  const mine = form(first.page)
  await mine.getByLabel('地址').fill('东河园区3号')
  await mine.getByRole('button', { name: '修改单位信息', exact: true }).click()
  const review = mine.getByRole('alert').filter({ hasText: '您填写期间，他人先办理了' })
  await review.waitFor()
  // Only they changed the name: it stands in the form. Both changed the address: mine stays until I choose theirs.
  await expect.poll(() => mine.locator('input[id$=name]').first().inputValue()).toBe(`${name}（更名）`)
  await review.getByRole('button', { name: '地址：采用对方的' }).click()
  expect(await mine.getByLabel('地址', { exact: true }).inputValue()).toBe('九华西路18号')
  await review.getByRole('button', { name: '地址：采用我的' }).click()
  await send(first.page, '修改单位信息')
  await first.page.getByText('东河园区3号').first().waitFor()
  await first.page.getByRole('heading', { name: `${name}（更名）` }).waitFor()
  expect([...first.faults, ...second.faults].filter((fault) => !fault.startsWith('409'))).toEqual([])
})
