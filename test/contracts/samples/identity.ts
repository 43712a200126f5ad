import * as i from '#capabilities/identity/model/index.ts'
import { loadAccount } from '#capabilities/identity/server/store.ts'
import type { Actor } from '#kernel/grants.ts'
import { county, town } from '#test/kit/hazard-acts.ts'
import { systemActor } from '#test/kit/hazard-play.ts'
import type { Driver, Sample, Stage } from './stage.ts'

const password = 'Anquan#2027'
const pair = { password, confirmPassword: password }
const reason = { reason: '岗位调整需要变动' }
const admin = ({ product }: Stage): Promise<Actor> => product.as('admin')
/** An account of one town is at home there; one without grants is the county's. */
const inTown: Sample['sides'] = { area: town, sectors: null, unitId: null, bodies: [] }

let serial = 0

/** An account of the town, made for one sample. */
async function account({ product }: Stage) {
  serial += 1
  const grant = { role: 'auditor' as const, area: town }
  const { accountId } = await product.account(`sample-${serial}`, [grant])
  const found = await loadAccount(product.product.database.db, county, accountId, false)
  if (!found) throw new Error('the account is gone')
  return { recordId: accountId, version: found.version, grantId: found.grants[0]?.id ?? '' }
}

/** Somebody is at work in it. */
async function signedIn(stage: Stage) {
  const made = await account(stage)
  await stage.signIn(`sample-${serial}`)
  return made
}

async function disabled(stage: Stage) {
  const { recordId, version } = await account(stage)
  const { version: now } = await stage.product.run(systemActor, i.disableAccount, { recordId, version, input: reason })
  return { recordId, version: now }
}

const sample =
  (input: object | ((grantId: string) => object), of: typeof account | typeof disabled = account) =>
  async (stage: Stage): Promise<Sample> => {
    const { recordId, version, ...more } = await of(stage)
    const grantId = 'grantId' in more ? String(more.grantId) : ''
    const given = typeof input === 'function' ? input(grantId) : input
    return { by: await admin(stage), on: { recordId, version }, input: given, sides: inTown }
  }

async function create(stage: Stage): Promise<Sample> {
  const input = { login: 'chen.mingyuan', name: '陈明远', grants: [{ role: 'auditor', area: town }], ...pair }
  return { by: await admin(stage), input, sides: inTown, elsewhere: 'identity.grantOutsideReach' }
}

export const identityDriver: Driver = {
  record: 'account',
  read: 'identity.readAccounts',
  samples: {
    'identity.createAccount': create,
    'identity.updateAccount': sample({ name: '陈明远' }),
    'identity.addGrant': sample({ role: 'countyLeader', area: town }),
    'identity.endGrant': sample((grantId) => ({ grantId, ...reason })),
    'identity.disableAccount': sample(reason),
    'identity.enableAccount': sample(reason, disabled),
    'identity.resetPassword': sample(pair),
    'identity.endSessions': sample(reason, signedIn),
    'identity.unlockAccount': sample(reason),
  },
  inState: (stage, state) => (state === 'disabled' ? disabled(stage) : account(stage)),
}
