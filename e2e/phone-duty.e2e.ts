import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ItemRow, listItems } from '#capabilities/duty/model/index.ts'
import { listAccounts } from '#capabilities/identity/model/index.ts'
import { dayOf, systemClock } from '#kernel/time.ts'
import { asked, handwork, openBrowser, phone, signIn } from './kit/browser.ts'
import { pick } from './kit/phone.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
})

/** The check every principal of a dangerous unit makes each month, and the clause that orders it. */
const rule = 'principal-check-monthly'
const [measure, clause] = ['M04', 'M04-13']

/** A check that is still to be made, and the account of whoever has to make it. */
async function openCheck(): Promise<{ item: ItemRow; login: string }> {
  const office = await signIn(browser, 'anwei')
  const open = { rule, states: ['notDue' as const, 'dueSoon' as const, 'missed' as const], size: 200 }
  const { rows } = await asked(office.page, listItems, open)
  const today = dayOf(systemClock.now())
  const begun = rows.filter(({ startOn }) => startOn <= today)
  const admin = await signIn(browser, 'admin')
  const accounts: { login: string; grants: readonly { unitName: string | null }[] }[] = []
  for (let page = 1; accounts.length === (page - 1) * 200; page += 1)
    accounts.push(...(await asked(admin.page, listAccounts, { role: 'unitPrincipal', page, size: 200 })).rows)
  for (const item of begun) {
    const account = accounts.find(({ grants }) => grants.some(({ unitName }) => unitName === item.unitName))
    if (account) return { item, login: account.login }
  }
  throw new Error('no principal has a check to make')
}

/** What is done of what is due, as the wall and the page of the clause tell it. */
async function told(page: Page): Promise<{ tile: number; served: number }> {
  await page.goto('/plan/wall')
  const tile = await page.locator(`a[href^="/plan/wall/${measure}"] .plan-share strong`).textContent()
  await page.goto(`/plan/wall/${measure}`)
  const card = page.locator(`[id="${clause}"]`)
  const served = /(\d[\d,]*)\/\d/.exec((await card.locator('.plan-mechanism').first().textContent()) ?? '')?.[1]
  const number = (words: string | null | undefined) => Number((words ?? '').replaceAll(',', ''))
  return { tile: number(tile), served: number(served) }
}

it('a principal makes her monthly check in four taps and a photo, and the wall counts it', async () => {
  const { item, login } = await openCheck()
  const leader = await signIn(browser, 'leader')
  const before = await told(leader.page)
  expect(before.served).toBeGreaterThan(0)

  const { page, faults } = await signIn(browser, login, phone)
  await page.waitForURL(/\/m\/?$/)
  const hand = await handwork(page)
  await page.getByRole('link', { name: '全部', exact: true }).last().click()
  const due = page.locator(`a[href$="/duties/items/${item.id}"]`)
  await due.click()
  await page.getByText(item.periodLabel).first().waitFor()
  // Sending it without the photo says which field is missing, and nothing is counted.
  const submit = page.getByRole('button', { name: /^提交/ })
  await submit.click()
  await page.getByRole('alert').filter({ hasText: '请上传照片或材料' }).first().waitFor()
  await pick(page)
  await submit.click()
  await page.waitForURL(/\/m\/duties$/)
  // One of the taps was the one that sent it in vain.
  expect(await hand.done()).toEqual({ taps: 4, typed: 0 })
  await due.getByText(/已完成|逾期完成|待核验/).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width)

  expect(await told(leader.page)).toEqual({ tile: before.tile + 1, served: before.served + 1 })
  expect([...faults, ...leader.faults]).toEqual([])
})
