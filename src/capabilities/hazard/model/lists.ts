import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { HazardFilter, type HazardRow, listHazards } from './contract-read.ts'
import { channels, hazardStates, levels, listingLevels } from './terms.ts'

const yes = (fact: boolean) => (fact ? '是' : '否')
const label = (row: HazardRow) => hazardStates[row.state].label
const overdue = { title: '是否逾期', text: (row: HazardRow) => yes(row.overdue) }
const stopped = { title: '停产停业', text: (row: HazardRow) => yes(row.stopped) }
const listing = { title: '挂牌督办', text: (row: HazardRow) => listingLevels[row.listing] }

/** State and marks as the screen shows them in one cell. */
function marks(row: HazardRow): string {
  const listed = row.listing === 'none' ? [] : [`${listingLevels[row.listing]}挂牌`]
  return [label(row), ...(row.overdue ? ['逾期'] : []), ...listed, ...(row.stopped ? ['停产停业'] : [])].join('、')
}

const columns: readonly ListColumn<HazardRow>[] = [
  { key: 'number', title: '编号', text: (row) => row.number, sortKey: 'number', width: 142, hideable: false },
  { key: 'level', title: '等级', text: (row) => levels[row.level], sortKey: 'level', width: 70 },
  { key: 'description', title: '隐患内容', text: (row) => row.description, hideable: false },
  { key: 'unitName', title: '单位', text: (row) => row.unitName, sortKey: 'unitName', width: 160 },
  { key: 'areaName', title: '区域', text: (row) => row.areaName, sortKey: 'area', width: 90 },
  { key: 'sectorName', title: '行业领域', text: (row) => row.sectorName, sortKey: 'sector', width: 98 },
  {
    key: 'state',
    title: '状态',
    text: marks,
    facts: [{ title: '状态', text: label }, overdue, listing, stopped],
    sortKey: 'state',
    width: 108,
    hideable: false,
  },
  { key: 'dueOn', title: '整改时限', text: (row) => row.dueOn, sortKey: 'dueOn', width: 172 },
  { key: 'foundOn', title: '发现日期', text: (row) => row.foundOn, sortKey: 'foundOn', width: 106 },
  { key: 'channel', title: '来源', text: (row) => channels[row.channel], width: 90, hiddenAtFirst: true },
  { key: 'leadBody', title: '牵头部门', text: (row) => row.leadBodyName, width: 130, hiddenAtFirst: true },
  { key: 'body', title: '责任部门', text: (row) => row.assignedBodyName, width: 130, hiddenAtFirst: true },
  {
    key: 'closedOn',
    title: '销号日期',
    text: (row) => row.closedOn,
    sortKey: 'closedOn',
    width: 106,
    hiddenAtFirst: true,
  },
  { key: 'plan', title: '五落实齐全', text: (row) => yes(row.planComplete), width: 96, hiddenAtFirst: true },
  { key: 'reports', title: '发现次数', text: (row) => row.reports, width: 80, align: 'right', hiddenAtFirst: true },
  { key: 'listing', ...listing, width: 90, hiddenAtFirst: true },
]

export const hazardList = defineList({
  id: 'hazards',
  title: '隐患清单',
  contract: listHazards,
  filter: HazardFilter,
  columns,
})
export const hazardExport = defineExport(hazardList, { id: 'hazard.export', permission: 'hazard.export' })
