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

const sheet = (text: string, ruling: string) => ({
  name: '条文.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`条号,条文,兜底条款\n一,${text},${ruling}\n`),
})

it('an administrator publishes the next edition of a standard, finds it, and takes it back', async () => {
  const { page, faults } = await signIn(browser, 'admin')
  await page.goto('/criteria/road-transport-2023')
  await page.getByRole('button', { name: '发布新版本' }).click()
  const file = page.locator('input[type=file]').first()
  await file.setInputFiles(sheet('氢能客车未按期检漏的', '可能'))
  await page.getByRole('button', { name: '核对文件' }).click()
  await page.getByText('有 1 处问题').waitFor()
  expect(await page.getByRole('button', { name: /^发布（/ }).count()).toBe(0)

  await page.reload()
  await file.setInputFiles(sheet('氢能客车未按期检漏的', '否'))
  await page.getByRole('button', { name: '核对文件' }).click()
  await page.getByText(/新增 1 条，修改 0 条，删去 5 条/).waitFor()
  await page.getByLabel('标准名称').fill('道路运输企业重大事故隐患判定标准（2030修订）')
  await page.getByLabel('文号').fill('交通运输部令第30号')
  await page.getByLabel('来源').fill('交通运输部网站公布')
  await page.getByText('中', { exact: true }).click()
  await page.getByLabel('依据').fill('新标准公布，核对后发布')
  await page.getByLabel('施行日期').fill('2030-05-01')
  await page.getByLabel('施行日期').press('Tab')
  await page.getByRole('button', { name: '发布（1条）' }).click()
  await page.getByRole('heading', { name: /2030修订/ }).waitFor()
  expect(await page.getByText('未核实').count()).toBeGreaterThan(0)

  await page.goto('/criteria?text=氢能客车检漏')
  await page.getByRole('region', { name: '检索结果' }).getByText('氢能客车').first().waitFor()
  // What was searched for is kept like the filter of any list, and found again from the bare page.
  await page.getByRole('button', { name: '常用筛选' }).click()
  await page.getByLabel('新的常用筛选名称').fill('氢能检漏')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('button', { name: '常用筛选：氢能检漏' }).waitFor()
  await page.goto('/criteria')
  await page.getByRole('region', { name: '判定标准目录' }).waitFor()
  await page.getByRole('button', { name: '常用筛选（1）' }).click()
  await page.getByRole('button', { name: '氢能检漏', exact: true }).click()
  await page.getByRole('region', { name: '检索结果' }).getByText('氢能客车').first().waitFor()
  await page.getByRole('link', { name: /2030修订/ }).click()
  await page.getByRole('button', { name: /撤\s*回/ }).click()
  await page.getByRole('dialog').getByLabel('依据').fill('国家推迟施行')
  await page.getByRole('dialog').getByRole('button', { name: '撤回未施行的标准' }).click()
  await page.getByText('这部标准在施行前已撤回').waitFor()
  expect(faults).toEqual([])
})
