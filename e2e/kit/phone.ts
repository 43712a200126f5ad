import type { Page } from 'playwright-core'
import { paper } from './browser.ts'

/** Touches an action of the hazard on the screen; its form is a page of its own on the phone. */
export async function touchAction(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: title, exact: true }).click()
  await page.getByRole('heading', { name: title, exact: true }).waitFor()
}

/** Sends the form and waits until the phone is back on the hazard. */
export async function sendForm(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click()
  await page.waitForURL(/\/m\/hazards\/[0-9a-f-]{36}(\?|$)/)
}

/** Takes a file from what the phone holds and waits until it is on the server. */
export async function pick(page: Page, file = paper()): Promise<void> {
  await page.locator('input[type=file]').last().setInputFiles(file)
  await page.getByText(file.name).first().waitFor()
}
