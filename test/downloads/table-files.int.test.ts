import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportHazards, listHazards } from '#capabilities/hazard/model/index.ts'
import { exportTable } from '#capabilities/statistics/model/index.ts'
import type { QueryContract } from '#kernel/contract.ts'
import { hazardStage } from '#test/kit/hazard-stage.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let test: TestProduct
let office: Awaited<ReturnType<typeof hazardStage>>['office']

beforeAll(async () => {
  test = await openTestProduct()
  const stage = await hazardStage(test)
  office = stage.office
  await stage.found(stage.inspector, { judgement: stage.major, description: '=HYPERLINK("http://a.cn")的标牌' })
  await stage.found(stage.inspector, { judgement: { level: 'general' } })
})
afterAll(() => test?.close())

async function open(contract: QueryContract, input: object) {
  const downloads = test.product.modules.all.flatMap((module) => module.downloads ?? [])
  const file = await downloads.find((row) => row.contract.id === contract.id)?.open(test.context(office), input)
  if (!file) throw new Error(`${contract.id} is not registered`)
  return { name: file.name, type: file.type, text: await text(file.body) }
}

const table = { measure: 'standing', rows: 'area', columns: 'level', format: 'csv' } as const

describe('a table as a file', () => {
  it('has a line for each row of the list, and no text that a program would run', async () => {
    const { total } = await test.ask(office, listHazards, { size: 1 })
    const file = await open(exportHazards, { format: 'csv' })
    expect(file).toMatchObject({ type: 'text/csv; charset=utf-8', name: expect.stringMatching(/^隐患清单-.*\.csv$/) })
    expect(file.text.trim().split('\r\n')).toHaveLength(1 + total)
    expect(file.text).toContain('HYPERLINK')
    expect(file.text).not.toMatch(/(^|,)"?=HYPERLINK/m)
  })

  it('of the statistics holds the sums of the screen', async () => {
    const file = await open(exportTable, table)
    expect(file.name).toMatch(/\.csv$/)
    expect(file.text.trim().split('\r\n').at(-1)).toMatch(/^"?合计.*2"?$/)
  })

  it('says that made-up data is made up, whichever list it is', async () => {
    for (const [contract, input] of [
      [exportHazards, { format: 'csv' }],
      [exportTable, table],
    ] as const) {
      expect((await open(contract, input)).text).not.toContain('演示数据')
    }
    test.product.markDemo()
    for (const [contract, input] of [
      [exportHazards, { format: 'csv' }],
      [exportTable, table],
    ] as const) {
      const file = await open(contract, input)
      expect(file.name).toContain('（演示数据）')
      expect(file.text.split('\r\n')[0]).toContain('演示数据')
    }
  })
})
