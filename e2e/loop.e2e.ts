import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  attach,
  choose,
  form,
  openAction,
  openBrowser,
  type Person,
  phone,
  send,
  sendRegistration,
  signIn,
} from './kit/browser.ts'
import { pick, sendForm, touchAction } from './kit/phone.ts'

let browser: Browser
const people: Person[] = []

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
})

async function enter(login: string, size?: typeof phone): Promise<Person> {
  const person = await signIn(browser, login, size)
  people.push(person)
  return person
}

it('a major hazard goes the whole loop by five people, one of them on a phone', async () => {
  const principal = await enter('unit001', phone)
  const line = await principal.page.getByText('单位主要负责人').first().textContent()
  const unit = /｜(.+?)）/.exec(line ?? '')?.[1] ?? ''
  expect(unit).not.toBe('')

  // The inspector finds it and judges it by a criterion that is suggested while typing.
  const inspector = await enter('emergency-management-jc')
  await inspector.page.goto('/hazards/new')
  await choose(inspector.page, '单位', unit.slice(0, 8))
  await choose(inspector.page, '行业领域', '工贸')
  await inspector.page.getByLabel('隐患内容').fill('两名电焊工没有特种作业操作证，正在车间顶部焊接')
  await inspector.page.getByLabel('重大隐患').check()
  await inspector.page.getByText('相符的词').first().waitFor()
  await inspector.page.getByRole('radio', { name: /特种作业人员未按照规定/ }).check()
  await sendRegistration(inspector.page)
  await inspector.page.getByRole('heading', { name: /^隐患 / }).waitFor()
  const path = new URL(inspector.page.url()).pathname
  expect(path).toMatch(/^\/hazards\/[0-9a-f-]{36}$/)

  // The department hands it over with a deadline.
  const department = await enter('emergency-management')
  await department.page.goto(path)
  await openAction(department.page, '交办')
  // What is asked for most often is one touch; the window says which hazard it is about.
  await form(department.page).getByText('两名电焊工没有特种作业操作证').waitFor()
  await form(department.page)
    .getByRole('button', { name: /^立即停用，落实五落实/ })
    .click()
  expect(await form(department.page).getByLabel('整改要求').inputValue()).toMatch(/^立即停用，落实五落实/)
  await send(department.page, '交办')
  await department.page.getByText(new RegExp(`待${unit}.*落实方案`)).waitFor()

  // The principal rectifies on the light phone pages: what is missing is said before the step can be taken.
  const page = principal.page
  await page.goto(path)
  await page.waitForURL(/\/m\/hazards\//)
  await page.getByText('五落实尚未齐全').waitFor()
  await touchAction(page, '填写五落实')
  // The principal's own name and an empty measure stand there already; interim control is asked for in the same form.
  expect(await page.getByLabel('责任：整改责任人').inputValue()).not.toBe('')
  await page.getByLabel('临时管控措施').fill('停止焊接作业，撤离下方人员')
  await page.getByLabel('措施内容').fill('安排持证焊工上岗，补办操作证')
  await page.getByLabel('资金：计划投入').fill('0.5')
  // The phone rang and the browser was closed: what was typed is there again.
  await page.waitForTimeout(600)
  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await page.getByText('没有提交的内容').waitFor()
  expect(await page.getByLabel('措施内容').inputValue()).toBe('安排持证焊工上岗，补办操作证')
  await page.getByLabel('预案：应急处置要点').fill('发生火情立即断电，使用现场灭火器并报警')
  await sendForm(page, '填写五落实')
  await page.getByText('五落实（齐全）').waitFor()
  await page.getByText('停止焊接作业，撤离下方人员').first().waitFor()
  await touchAction(page, '开始整改')
  await sendForm(page, '开始整改')
  await touchAction(page, '申请验收')
  await page.getByLabel('整改完成情况').fill('已更换为持证焊工，证件复印件附后')
  await pick(page)
  await sendForm(page, '申请验收')
  await page.getByText('待验收').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width)

  await department.page.reload()
  await openAction(department.page, '验收通过')
  // What the unit says it did stands in the form that accepts it.
  await form(department.page).getByText('已更换为持证焊工，证件复印件附后').waitFor()
  await form(department.page).getByLabel('验收意见').fill('资料齐全，同意验收')
  await send(department.page, '验收通过')

  // Another office reviews on the spot with evidence of its own.
  const reviewer = await enter('anwei2')
  await reviewer.page.goto(path)
  await openAction(reviewer.page, '记录现场复查')
  const names = form(reviewer.page).getByLabel('复查人员')
  await names.click()
  await names.pressSequentially('高芳')
  await names.press('Enter')
  await form(reviewer.page).getByLabel('现场复查情况').fill('现场两名焊工均持证，作业票齐全')
  await form(reviewer.page).getByLabel('合格', { exact: true }).check()
  await attach(reviewer.page)
  await send(reviewer.page, '记录现场复查')

  const approver = await enter('anwei')
  await approver.page.goto(path)
  await openAction(approver.page, '批准销号')
  await form(approver.page).getByLabel('审批意见').fill('复查合格，同意销号')
  await send(approver.page, '批准销号')
  await approver.page.getByText('已销号').first().waitFor()
  // Every step with who took it stands on the page itself, the papers too; no tab has to be opened.
  for (const step of ['登记隐患', '交办', '填写五落实', '开始整改', '申请验收', '验收通过', '记录现场复查', '批准销号'])
    await approver.page.locator('.zb-record-history strong').getByText(step, { exact: true }).waitFor()
  await approver.page.getByText('照片资料（2）').waitFor()

  // The one who was told is the one who must know: the principal's inbox has the closing.
  await page.goto('/inbox')
  await page.waitForURL(/\/m\/inbox$/)
  await page.getByText('销号').first().waitFor()
  expect(people.flatMap((person) => person.faults)).toEqual([])
})
