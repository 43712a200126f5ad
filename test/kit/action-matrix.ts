import { describe, expect, test } from 'vitest'
import type { ActionContract } from '#kernel/contract.ts'
import type { Actor, Facets } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import type { Lifecycle } from '#kernel/lifecycle.ts'
import type { RecordIdentity } from '#kernel/record.ts'
import { refusalOf, type TestProduct } from './product.ts'

/** A kind of record with one of each state, its people, and a sensible input for every action a person can take on it. */
export interface ActionMatrix<S extends string, R extends RecordIdentity> {
  readonly lifecycle: Lifecycle<S, R>
  readonly states: readonly S[]
  readonly contracts: readonly ActionContract[]
  readonly readPermission: string
  readonly inputs: Readonly<Record<string, (record: R) => object>>
  facets(record: R): Facets
  product(): TestProduct
  at(state: S): R
  /** Between them they can do everything; some of them hold each permission, others do not. */
  people(): Readonly<Record<string, Actor>>
  /** To them the record does not exist: another town, another county, no grants. */
  strangers(): Readonly<Record<string, Actor>>
  stored(id: string): Promise<R>
}

/** The questions the tests below ask of a matrix. */
function probesOf<S extends string, R extends RecordIdentity>(matrix: ActionMatrix<S, R>) {
  const { contracts, inputs, facets, at } = matrix
  const contractOf = (action: string): ActionContract => {
    const contract = contracts.find(({ id }) => id === action)
    if (!contract) throw new Error(`no action ${action}`)
    return contract
  }
  const may = (actor: Actor, permission: string, record: R) =>
    matrix.product().context(actor).can(permission, facets(record))
  return {
    contractOf,
    may,
    refused(actor: Actor, action: string, record: R, version = record.version) {
      const input = inputs[action]?.(record) ?? {}
      return refusalOf(matrix.product().run(actor, contractOf(action), { recordId: record.id, version, input }))
    },
    /** Somebody who may do it, so that nothing but the state or the version can be the reason. */
    permitted(action: string, record: R): Actor {
      const found = Object.values(matrix.people()).find((actor) => may(actor, contractOf(action).permission, record))
      if (!found) throw new Error(`nobody may ${action}`)
      return found
    },
    first(from: readonly S[]): R {
      const [state] = from
      if (state === undefined) throw new Error('an action starts from no state')
      return at(state)
    },
  }
}

/** Asks every action in every state, of everybody, with an old version and of nothing; none of it may leave a trace. */
export function testActions<S extends string, R extends RecordIdentity>(matrix: ActionMatrix<S, R>): void {
  const { lifecycle, states, contracts, inputs, at } = matrix
  const { contractOf, may, refused, permitted, first } = probesOf(matrix)
  const rows = lifecycle.transitions.filter(({ action }) => action in inputs)

  test('every action a person can take stands in the lifecycle and has an input here', () => {
    const personal = contracts.filter(({ internal, creates }) => !internal && !creates)
    expect(personal.map(({ id }) => id).sort()).toEqual(rows.map(({ action }) => action).sort())
  })

  describe.each(rows)('$action', ({ action, from }) => {
    test('is refused as wrong state in every state its table does not name', async () => {
      for (const state of states.filter((id) => !from.includes(id))) {
        const record = at(state)
        expect(await refused(permitted(action, record), action, record), state).toBe('core.wrongState')
      }
    })

    test('is refused to everybody whose role does not hold the permission', async () => {
      for (const state of from) {
        const record = at(state)
        const { permission } = contractOf(action)
        const others = Object.entries(matrix.people()).filter(([, actor]) => !may(actor, permission, record))
        expect(others.length, state).toBeGreaterThan(1)
        for (const [who, actor] of others) {
          const code = may(actor, matrix.readPermission, record) ? 'core.notAllowed' : 'core.notFound'
          expect(await refused(actor, action, record), `${state} ${who}`).toBe(code)
        }
      }
    })

    test('is unknown to those who may not even see the record', async () => {
      for (const [who, actor] of Object.entries(matrix.strangers())) {
        expect(await refused(actor, action, first(from)), who).toBe('core.notFound')
      }
    })

    test('is refused on an old version, and on a record that is not there', async () => {
      const record = first(from)
      const actor = permitted(action, record)
      expect(await refused(actor, action, record, record.version - 1)).toBe('core.staleVersion')
      const nowhere = { ...record, id: newId(matrix.product().clock.now().getTime()) }
      expect(await refused(actor, action, nowhere)).toBe('core.notFound')
    })
  })

  test('nothing that was refused left a trace on the records', async () => {
    for (const state of states) {
      expect((await matrix.stored(at(state).id)).version, state).toBe(at(state).version)
    }
  })
}
