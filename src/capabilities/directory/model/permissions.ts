import type { PermissionTable, Reach, Role } from '#kernel/grants.ts'

const scope: readonly Reach[] = ['scope']

const officials: Partial<Record<Role, readonly Reach[]>> = { committeeOffice: scope, department: scope, town: scope }

/** Who may do what with the directory: departments in their sectors, towns in their area, a principal in the own unit. */
export const directoryPermissions: PermissionTable = {
  'directory.readUnit': {
    title: '查看单位名录',
    roles: {
      ...officials,
      inspector: scope,
      countyLeader: scope,
      unitPrincipal: scope,
      unitWorker: scope,
      administrator: scope,
      auditor: scope,
    },
  },
  'directory.registerUnit': { title: '登记单位', roles: officials },
  'directory.editUnit': { title: '修改单位信息', roles: officials },
  'directory.editContacts': { title: '修改单位联系方式和位置', roles: { ...officials, unitPrincipal: scope } },
  'directory.setHighRisk': { title: '调整高危标识', roles: officials },
  'directory.managePosts': { title: '登记单位人员和任职', roles: officials },
  'directory.changeState': { title: '办理单位停业、注销和恢复', roles: officials },
  // A personal number is shown whole only to the committee office and to the unit it belongs to.
  'directory.readPersonal': {
    title: '查看人员完整电话和证件号',
    roles: { committeeOffice: scope, unitPrincipal: scope },
  },
  'directory.exportUnits': {
    title: '导出单位名录',
    roles: { ...officials, countyLeader: scope, auditor: scope },
  },
  // The county's phone book: whoever works for the county may look up whom to call at any body.
  'directory.readBodyPosts': {
    title: '查看机构人员',
    roles: { ...officials, inspector: scope, countyLeader: scope, administrator: scope, auditor: scope },
  },
  'directory.manageBodyPosts': {
    title: '登记机构人员和任职',
    roles: { committeeOffice: scope, administrator: scope, department: ['body'], town: ['body'] },
  },
  'directory.setSupervision': {
    title: '调整督导单位',
    roles: { committeeOffice: scope, administrator: scope },
  },
  // An import belongs to the account that ran it; each of its rows needs the right to register that unit besides.
  'directory.importUnits': {
    title: '导入单位名录',
    roles: { committeeOffice: ['own'], department: ['own'], town: ['own'] },
  },
}
