import type { PermissionTable, Reach, Role } from '#kernel/grants.ts'

type Roles = Partial<Record<Role, readonly Reach[]>>

const scope: readonly Reach[] = ['scope']
const scopeOrBody: readonly Reach[] = ['scope', 'body']

const officials: Roles = { committeeOffice: scope, department: scopeOrBody, town: scope }
const field: Roles = { ...officials, inspector: scopeOrBody }
const unit: Roles = { unitPrincipal: scope, unitWorker: scope }
/** Who may take something out of the system. */
const taking: Roles = { ...field, unitPrincipal: scope, countyLeader: scope, auditor: scope }

/** Who reads numbers reads them under this permission; a list behind a number asks it too, so that both hold the same. */
export const countingPermission = 'statistics.read'

/** Who may do what with hazards; where, is the grant's own scope. */
export const hazardPermissions: PermissionTable = {
  'hazard.read': {
    title: '查看隐患',
    roles: { ...field, ...unit, countyLeader: scope, auditor: scope, administrator: scope },
  },
  // Where and when a worker's phone stood is for those who judge by it; everybody else sees the picture without.
  'hazard.originals': { title: '下载照片原件（含拍摄时间和位置）', roles: taking },
  'hazard.report': { title: '登记上报隐患', roles: { ...field, ...unit } },
  'hazard.verify': { title: '核实和判定隐患', roles: field },
  'hazard.assign': { title: '交办和移送隐患', roles: officials },
  'hazard.rectify': { title: '填报整改情况', roles: { ...unit, ...officials } },
  'hazard.fixAtOnce': { title: '立查立改', roles: { ...unit, ...field } },
  'hazard.accept': { title: '验收', roles: officials },
  'hazard.review': { title: '现场复查', roles: field },
  'hazard.approve': {
    title: '审批销号',
    roles: { committeeOffice: scope, department: scopeOrBody, countyLeader: scope },
  },
  // What the county government lists, only it extends.
  'hazard.extend': { title: '审批延期', roles: { ...officials, countyLeader: scope } },
  'hazard.stop': { title: '责令停产停业整改', roles: { committeeOffice: scope, department: scopeOrBody } },
  'hazard.merge': { title: '合并隐患', roles: officials },
  // The administrator keeps accounts and settings; what happens to hazards is not a matter of administration.
  'hazard.void': { title: '作废隐患', roles: { committeeOffice: scope, department: scope } },
  'hazard.reopen': {
    title: '重新打开隐患',
    roles: { committeeOffice: scope, department: scopeOrBody, countyLeader: scope },
  },
  'hazard.list': { title: '记录挂牌督办', roles: { committeeOffice: scope, countyLeader: scope } },
  'hazard.import': { title: '导入隐患台账', roles: officials },
  'hazard.export': { title: '导出隐患', roles: taking },
  'hazard.clock': { title: '时限处理（系统）', roles: {} },
}
