import { type CloseKind, closeKinds, type Move } from '../model/index.ts'

const moveWords: Readonly<Record<Move, string>> = {
  entered: '期内新增',
  reopened: '期内重新打开',
  restored: '期内恢复',
  adjustedIn: '期内改判调入',
  adjustedOut: '期内改判调出',
  closed: '期内销号',
  removed: '期内移除',
}

/** What filters without a control say above the list; numbers of charts open with them. */
export const filterWords: Readonly<Record<string, (value: unknown) => string>> = {
  stateType: (value: unknown) =>
    ({ standing: '未销号', open: '整改中各阶段', waiting: '待审核', closed: '已销号', void: '已移出' })[
      String(value)
    ] ?? String(value),
  stock: (value: unknown) => (value ? '2023年底存量' : '新增'),
  foundMonth: (value: unknown) => `${value} 发现`,
  closedMonth: (value: unknown) => `${value} 销号`,
  closedFrom: (value: unknown) => `${value} 起销号`,
  closedTo: (value: unknown) => `${value} 前销号`,
  dueFrom: (value: unknown) => `${value} 起到期`,
  dueTo: (value: unknown) => `${value} 前到期`,
  asOf: (value: unknown) => `${value} 的状态`,
  since: (value: unknown) => `${value} 以后`,
  moved: (value: unknown) => moveWords[value as Move] ?? String(value),
  closeKind: (value: unknown) => closeKinds[value as CloseKind] ?? String(value),
  everClosed: () => '曾经销号',
  scopeOnly: () => '仅辖区内',
  reopened: () => '重新打开过',
  reinspection: (value: unknown) =>
    ({ drawn: '已抽中复核', passed: '复核合格', failed: '复核不合格' })[String(value)] ?? String(value),
  planIncomplete: () => '五落实不齐',
  interimMissing: () => '缺临时管控',
  extensionPending: () => '延期待审批',
  stopped: () => '停产停业整改',
  unitId: () => '指定单位',
}
