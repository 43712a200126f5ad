import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { getReturn, listPeriods } from '#capabilities/progress/model/index.ts'
import { asked, handwork, openAction, openBrowser, send, signIn } from './kit/browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
})

/** A town whose return is still missing in a period that can be returned for. */
async function missing(page: Page) {
  const { periods } = await asked(page, listPeriods, {})
  for (const { overdue, name, submitted } of periods.filter(({ state }) => state === 'open')) {
    const towns = await Promise.all(overdue.map(({ id }) => asked(page, getReturn, { id })))
    const one = towns.find(({ bodyId }) => bodyId.startsWith('town-'))
    if (one) return { id: one.id, town: one.bodyName, bodyId: one.bodyId, period: name, submitted }
  }
  throw new Error('every town has returned')
}

it('a town clerk files the return of a quarter in four steps, and it climbs to the office', async () => {
  const office = await signIn(browser, 'anwei')
  const { id, town, bodyId, period, submitted } = await missing(office.page)
  const clerk = await signIn(browser, `${bodyId}-jc`)
  const { page } = clerk
  const hand = await handwork(page)
  await page.getByRole('link', { name: `${town} ${period}` }).click()
  await page.getByRole('heading', { name: `${town} ${period}进展` }).waitFor()
  // The numbers stand there already; what is still asked for is said when it is missing, by its name.
  const numbers = await page.locator('.zb-counts dd strong').allTextContents()
  expect(numbers.length).toBeGreaterThan(15)
  expect(numbers.every((text) => /^\d+$/.test(text))).toBe(true)
  await page.getByRole('button', { name: '报送进展', exact: true }).click()
  await page.getByText('请填写工作进展').waitFor()
  await page.getByRole('button', { name: '按方案有序推进，无异常情况' }).click()
  await page.getByRole('button', { name: '报送进展', exact: true }).click()
  await page.getByText('本期数字（报送时固定）').waitFor()
  // To the return, in vain, the words, and send; nothing typed.
  expect(await hand.done()).toEqual({ taps: 4, typed: 0 })
  // What was shown is what was fixed.
  expect(await page.locator('.zb-counts dd strong').allTextContents()).toEqual(numbers)

  // Her own office signs it, the committee office takes it; nobody does both.
  expect(await page.getByRole('button', { name: '本单位审核通过' }).count()).toBe(0)
  const head = await signIn(browser, bodyId)
  await head.page.goto(`/progress/${id}`)
  await openAction(head.page, '本单位审核通过')
  await send(head.page, '本单位审核通过')
  await office.page.goto('/progress')
  await office.page.getByText(new RegExp(`${period}.*已报 ${submitted + 1}/`)).waitFor()
  await office.page.goto(`/progress/${id}`)
  await openAction(office.page, '审定')
  await send(office.page, '审定')
  await office.page.getByText('已审定').first().waitFor()
  await office.page.getByText('按方案有序推进，无异常情况').first().waitFor()
  const { state, submission } = await asked(office.page, getReturn, { id })
  expect([state, submission !== null]).toEqual(['accepted', true])
  expect([...clerk.faults, ...head.faults, ...office.faults]).toEqual([])
})
