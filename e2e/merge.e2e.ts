import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { choose, form, openAction, openBrowser, send, sendRegistration, signIn } from './kit/browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
})

it('two findings of one hazard are merged and taken apart again', async () => {
  const { page, faults } = await signIn(browser, 'anwei2')
  const register = async (text: string) => {
    await page.goto('/hazards/new')
    await page.getByLabel('场所名称').fill('老街修理铺')
    await choose(page, '所在乡镇（开发区）', '木镇镇')
    await choose(page, '行业领域', '工贸')
    await page.getByLabel('隐患内容').fill(text)
    await page.getByLabel('一般隐患').check()
  }
  await register('气瓶与明火间距不足，且未固定')
  await sendRegistration(page)
  await page.getByRole('heading', { name: /^隐患 / }).waitFor()
  const first = (await page.getByRole('heading', { name: /^隐患 / }).textContent())?.replace('隐患 ', '').trim() ?? ''

  await register('气瓶与明火距离不足，未固定')
  // The likely twin is shown while typing.
  await page.getByText('可能已经登记过').waitFor()
  await page.getByText(first).first().waitFor()
  await sendRegistration(page)
  await page.getByRole('heading', { name: /^隐患 / }).waitFor()
  const second = page.url()
  expect(second).not.toContain('/new')

  await openAction(page, '合并')
  await choose(page, '并入的隐患', first, form(page))
  await form(page).getByLabel('合并的理由').fill('同一处隐患两次发现')
  await send(page, '合并到另一隐患')
  await page.getByText('已合并').first().waitFor()
  await page.getByRole('link', { name: first }).click()
  await page.getByText('发现记录（2）').waitFor()

  await page.goto(second)
  await openAction(page, '撤销合并')
  await form(page).getByLabel('撤销合并的理由').fill('核对后是两处不同的气瓶')
  await send(page, '撤销合并')
  await page.getByText('发现记录（1）').waitFor()
  expect(faults).toEqual([])
})
