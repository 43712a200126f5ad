import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { AccountFilter, type AccountGrantView, type AccountRow, listAccounts } from './contract-read.ts'

/** A grant in one line: role, where, for which sectors. */
export const grantWords = (grant: AccountGrantView): string =>
  [grant.roleName, grant.unitName ?? grant.bodyName ?? grant.areaName, grant.sectorNames?.join('、')]
    .filter(Boolean)
    .join('｜')

const columns: readonly ListColumn<AccountRow>[] = [
  {
    key: 'login',
    title: '登录账号',
    text: (row) => row.login,
    sortKey: 'login',
    width: 200,
    hideable: false,
  },
  { key: 'name', title: '姓名', text: (row) => row.name, sortKey: 'name', width: 130 },
  { key: 'grants', title: '授权', text: (row) => row.grants.map(grantWords).join('；') || null },
  { key: 'state', title: '状态', text: (row) => row.stateName, width: 80 },
  { key: 'created', title: '建立日期', text: (row) => row.createdOn, sortKey: 'createdOn', width: 110 },
]

export const accountList = defineList({
  id: 'accounts',
  title: '账号和授权',
  contract: listAccounts,
  filter: AccountFilter,
  columns,
})
export const accountExport = defineExport(accountList, { id: 'identity.exportAccounts' })
