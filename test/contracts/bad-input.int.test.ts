import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { ActionContract } from '#kernel/contract.ts'
import { Problem } from '#kernel/errors.ts'
import type { Actor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { systemActor } from '#test/kit/hazard-play.ts'
import { openTestProduct, type TestProduct } from '#test/kit/product.ts'

let product: TestProduct
let office: Actor

beforeAll(async () => {
  product = await openTestProduct()
  office = await product.as('anwei')
})
afterAll(() => product?.close())

const chinese = /[\u4e00-\u9fff]/
const oversized = 'x'.repeat(200_000)
/** One of each kind of thing that is wrong somewhere: too long, wrong type, unknown value, not a number, deep. */
const wrongValues: readonly unknown[] = [
  oversized,
  'no-such-value',
  -1,
  1e308,
  true,
  null,
  [],
  [{ a: 1 }],
  { a: { b: 1 } },
  '2026-02-30',
]

function mutantsOf(contract: ActionContract): unknown[] {
  const { input } = contract
  const keys = input instanceof z.ZodObject ? Object.keys(input.shape) : []
  const whole: unknown[] = [{}, null, undefined, 'text', 7, []]
  const single = keys.flatMap((key) => wrongValues.map((value) => ({ [key]: value })))
  const all = wrongValues.map((value) => Object.fromEntries(keys.map((key) => [key, value])))
  return [...whole, ...single, ...all].filter((mutant) => !input.safeParse(mutant).success)
}

async function answerTo(contract: ActionContract, input: unknown): Promise<string | undefined> {
  const envelope = { actionId: newId(0), recordId: newId(0), version: 1, input }
  try {
    // The system holds every permission, so that what answers is the contract and not the grant.
    await product.product.runner.run(systemActor, contract.id, envelope, { now: product.clock.now() })
    return 'was accepted'
  } catch (error) {
    if (!(error instanceof Problem)) return `failed: ${String(error)}`
    if (error.def.code !== 'core.invalidInput') return `answered ${error.def.code}`
    if (error.fields.length === 0) return 'names no field'
    const mute = error.fields.find(({ message }) => !chinese.test(message))
    return mute && `says “${mute.message}” of ${mute.path}`
  }
}

test('every action of every capability refuses bad input by field, in Chinese, and never breaks', async () => {
  const contracts = product.product.modules.all.flatMap((module) => (module.actions ?? []).map((row) => row.contract))
  expect(contracts.length).toBeGreaterThan(50)
  const wrong: string[] = []
  for (const contract of contracts) {
    const mutants = mutantsOf(contract)
    expect(mutants.length, contract.id).toBeGreaterThan(0)
    for (const mutant of mutants) {
      const said = await answerTo(contract, mutant)
      if (said) wrong.push(`${contract.id} ${JSON.stringify(mutant)?.slice(0, 80)} ${said}`)
    }
  }
  expect(wrong).toEqual([])
})

test('every query and download refuses bad input the same way', async () => {
  const { modules } = product.product
  const context = product.context(office)
  const wrong: string[] = []
  const readers = modules.all.flatMap((module) => [
    ...(module.queries ?? []).map((row) => ({
      contract: row.contract,
      ask: (input: unknown) => row.run(context, input),
    })),
    ...(module.downloads ?? []).map((row) => ({
      contract: row.contract,
      ask: (input: unknown) => row.open(context, input),
    })),
  ])
  for (const { contract, ask } of readers) {
    const { input } = contract
    const keys = input instanceof z.ZodObject ? Object.keys(input.shape) : []
    const mutants = [null, 'text', ...keys.flatMap((key) => wrongValues.map((value) => ({ [key]: value })))]
    for (const mutant of mutants.filter((candidate) => !input.safeParse(candidate).success)) {
      const error = await ask(mutant).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      const good = error instanceof Problem && error.def.code === 'core.invalidInput'
      const mute = good && error.fields.find(({ message }) => !chinese.test(message))
      if (!good || mute)
        wrong.push(`${contract.id} ${JSON.stringify(mutant).slice(0, 80)}: ${mute ? mute.message : error}`)
    }
  }
  expect(wrong).toEqual([])
})

test('every list is sorted by any word, if it knows the word or not', async () => {
  const context = product.context(systemActor)
  const lists = product.product.modules.all
    .flatMap((module) => module.queries ?? [])
    .filter(({ contract: { input } }) => input instanceof z.ZodObject && 'sort' in input.shape && 'page' in input.shape)
  // What every object has by birth is no column either.
  const words = ['no such', '-no such', 'constructor', '-__proto__', 'id; drop table hazard', '']
  let asked = 0
  for (const list of lists) {
    for (const sort of words) {
      if (!list.contract.input.safeParse({ sort }).success) continue
      await list.run(context, { sort })
      asked += 1
    }
  }
  expect(asked).toBeGreaterThan(words.length * 5)
})
