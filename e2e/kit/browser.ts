import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { inject, onTestFailed } from 'vitest'
import type { z } from 'zod'
import { demoPassword } from '#apps/demo/cast.ts'
import { operationPath, type QueryContract } from '#kernel/contract.ts'
import { loadTestConfig } from '#platform/config/config.ts'

export const desk = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

// Not the package's own arguments: a browser in a single process lets contexts share their cookies.
const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars']

/** A browser from npm, so that nothing need be installed; CHROMIUM_PATH names another. */
export async function openBrowser(): Promise<Browser> {
  const { browserPath } = loadTestConfig()
  if (browserPath) return chromium.launch({ executablePath: browserPath, args })
  const launch = async () =>
    chromium.launch({
      executablePath: await sparticuz.executablePath(),
      args,
      headless: true,
    })
  try {
    return await launch()
  } catch {
    // Where the system lacks the libraries a browser needs, the package brings them along for this environment.
    process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x'
    return launch()
  }
}

/** A person at a screen: signed in, with what went wrong in the page collected. */
export interface Person {
  readonly page: Page
  readonly context: BrowserContext
  /** Errors of the page itself; a journey ends with none. */
  readonly faults: readonly string[]
}

export async function signIn(
  browser: Browser,
  login: string,
  size = desk,
  address = inject('address'),
): Promise<Person> {
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN', baseURL: address })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const faults: string[] = []
  onTestFailed(async () => {
    const path = join(tmpdir(), `zhiben-journey-${login}.png`)
    await page.screenshot({ path, fullPage: true }).catch(() => {})
    console.log(`what ${login} saw at ${page.url()}: ${path}`)
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`)
  })
  await page.goto('/')
  await page.getByRole('textbox', { name: '账号' }).fill(login)
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  return { page, context, faults }
}

/** Asks the server what the page of this person could ask it. */
export async function asked<I extends z.ZodType, O extends z.ZodType>(
  page: Page,
  contract: QueryContract<I, O>,
  input: z.input<I>,
): Promise<z.output<O>> {
  const answer = await page.request.get(
    `${operationPath(contract.id)}?input=${encodeURIComponent(JSON.stringify(input))}`,
  )
  return contract.output.parse(await answer.json())
}

/** Counts from now on what a person does on the page by hand: taps, and keys pressed in fields. */
export async function handwork(page: Page): Promise<{ done(): Promise<{ taps: number; typed: number }> }> {
  await page.evaluate(() => {
    const hand = { taps: 0, typed: 0 }
    Object.assign(window, { hand })
    // What a program sets off itself, such as a link pressed by a script, is not handwork.
    document.addEventListener('pointerdown', (event) => event.isTrusted && hand.taps++, true)
    document.addEventListener('keydown', (event) => event.isTrusted && hand.typed++, true)
  })
  return { done: () => page.evaluate(() => (window as unknown as { hand: { taps: number; typed: number } }).hand) }
}

/** The form that is open: a window on a desk, a drawer on a phone. */
export const form = (page: Page) => page.getByRole('dialog').last()

/** Opens an action of the record on the screen, wherever the bar shows it. */
export async function openAction(page: Page, title: string): Promise<void> {
  const button = page.getByRole('button', { name: title, exact: true })
  await page
    .getByRole('button', { name: /更多|打印/ })
    .first()
    .waitFor()
  if (await button.isVisible()) await button.click()
  else {
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('menuitem', { name: title, exact: true }).click()
  }
  await form(page).waitFor()
}

/** Sends the open form and waits until it has been accepted. */
export async function send(page: Page, label: string): Promise<void> {
  await form(page).getByRole('button', { name: label, exact: true }).click()
  await form(page).waitFor({ state: 'hidden' })
}

/** Chooses in a list that is searched by typing. */
export async function choose(page: Page, label: string, text: string, within = page.locator('body')): Promise<void> {
  const box = within.getByLabel(label, { exact: true })
  await box.click()
  await box.pressSequentially(text, { delay: 20 })
  // Every list opened before stays in the page, the last one still fading: only the box's own is meant.
  const own = page.locator(`[id="${await box.getAttribute('aria-controls')}"]`)
  const list = page.locator('.ant-select-dropdown', { has: own })
  await list.locator('.ant-select-item-option', { hasText: text }).first().click()
}

/** A paper to upload; different for every call, since the same bytes are the same file. */
let papers = 0
export function paper(name = `材料${papers + 1}.pdf`) {
  papers += 1
  return {
    name,
    mimeType: 'application/pdf',
    buffer: Buffer.from(`%PDF-1.4\n% journey ${process.pid} ${papers}\nstartxref\n0\n%%EOF`),
  }
}

export async function attach(page: Page, file = paper()): Promise<void> {
  await form(page).locator('input[type=file]').first().setInputFiles(file)
  await form(page).getByText(file.name).first().waitFor()
}

/** Sends the registration of a hazard and waits for what it has become. */
export async function sendRegistration(page: Page): Promise<void> {
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.waitForURL(/\/hazards\/[0-9a-f]{8}-/)
  await page.getByRole('heading', { name: /^隐患 / }).waitFor()
}
