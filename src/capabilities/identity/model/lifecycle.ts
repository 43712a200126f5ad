import type { StateSpec } from '#kernel/lifecycle.ts'
import { defineLifecycle, type Guard, type Lifecycle } from '#kernel/lifecycle.ts'
import { identityErrors } from './errors.ts'
import type { Account, AccountState } from './record.ts'

export const accountStates: Record<AccountState, StateSpec> = {
  active: { label: '在用', type: 'open' },
  disabled: { label: '已停用', type: 'closed' },
}

const notOwnReset: Guard<Account> = ({ record, actor }) =>
  record.id === actor.accountId ? { def: identityErrors.ownReset } : undefined

const notOwnAccount: Guard<Account> = ({ record, actor }) =>
  record.id === actor.accountId ? { def: identityErrors.ownAccount } : undefined

/** The life of an account. It is never deleted: its name stands in the audit of everything it did. */
export const accountLifecycle: Lifecycle<AccountState, Account> = defineLifecycle({
  record: 'account',
  states: accountStates,
  stateOf: (account) => account.state,
  transitions: [
    { action: 'identity.updateAccount', from: ['active', 'disabled'], to: 'same' },
    { action: 'identity.addGrant', from: ['active'], to: 'same' },
    { action: 'identity.endGrant', from: ['active', 'disabled'], to: 'same' },
    // A stolen administrator's session must not be able to change that administrator's password without the old one.
    { action: 'identity.resetPassword', from: ['active'], to: 'same', guards: [notOwnReset] },
    { action: 'identity.endSessions', from: ['active', 'disabled'], to: 'same' },
    { action: 'identity.unlockAccount', from: ['active'], to: 'same' },
    {
      action: 'identity.disableAccount',
      from: ['active'],
      to: 'disabled',
      guards: [notOwnAccount],
    },
    { action: 'identity.enableAccount', from: ['disabled'], to: 'active' },
  ],
})
