import { listingLevels } from '#capabilities/hazard/model/index.ts'
import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { ListingFilter, type ListingRow, listListings } from './contract.ts'
import { listingStates, listingSteps } from './terms.ts'

const label = (row: ListingRow) => listingStates[row.state].label
const level = (row: ListingRow) => listingLevels[row.level]
const yes = (fact: boolean) => (fact ? '是' : '否')
const publicised = (row: ListingRow) => (row.state === 'ordered' ? (row.publicisedOn ? '已公示' : '未公示') : null)
const asked = (row: ListingRow) => row.askedOn && '已申请销案'
const lateSteps = (row: ListingRow) =>
  row.steps.filter(({ workingDaysLeft }) => workingDaysLeft < 0).map(({ step }) => `${listingSteps[step]}逾期`)

/** State and marks as the screen shows them in one cell. */
const marks = (row: ListingRow): string =>
  [label(row), `${level(row)}挂牌`, publicised(row), asked(row), row.overdue && '整改逾期', ...lateSteps(row)]
    .filter(Boolean)
    .join('、')

/** What the listing body owes, each with its day. */
const stepWords = (row: ListingRow) => row.steps.map(({ step, dueOn }) => `${listingSteps[step]} ${dueOn}`).join('；')

const columns: readonly ListColumn<ListingRow>[] = [
  { key: 'number', title: '隐患编号', text: (row) => row.hazardNumber, width: 150, hideable: false },
  { key: 'unit', title: '单位', text: (row) => row.unitName || null, width: 190 },
  { key: 'description', title: '隐患', text: (row) => row.description },
  { key: 'area', title: '乡镇', text: (row) => row.areaName, width: 100 },
  { key: 'sector', title: '行业领域', text: (row) => row.sectorName, width: 110, hiddenAtFirst: true },
  {
    key: 'state',
    title: '状态',
    text: marks,
    facts: [
      { title: '状态', text: label },
      { title: '挂牌级别', text: level },
      { title: '公示', text: publicised },
      { title: '整改是否逾期', text: (row) => yes(row.overdue) },
      { title: '挂牌机关逾期', text: (row) => lateSteps(row).join('、') || null },
    ],
    width: 190,
  },
  { key: 'document', title: '文号', text: (row) => row.document || null, width: 160, hiddenAtFirst: true },
  { key: 'supervising', title: '督办责任部门', text: (row) => row.supervisingBodyName, width: 140 },
  {
    key: 'due',
    title: '办理期限、待办',
    text: (row) => [row.dueOn, stepWords(row)].filter(Boolean).join('；') || null,
    facts: [
      { title: '办理期限', text: (row) => row.dueOn },
      { title: '挂牌机关待办', text: (row) => stepWords(row) || null },
    ],
    width: 260,
  },
  { key: 'ordered', title: '下达日期', text: (row) => row.orderedOn, width: 110, hiddenAtFirst: true },
  { key: 'ended', title: '办结日期', text: (row) => row.endedOn, width: 110, hiddenAtFirst: true },
]

export const listingList = defineList({
  id: 'listings',
  title: '挂牌督办清单',
  contract: listListings,
  filter: ListingFilter,
  columns,
})
export const listingExport = defineExport(listingList, { id: 'listing.export' })
