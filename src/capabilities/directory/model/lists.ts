import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { BodyPostFilter, type BodyPostRow, listBodyPosts } from './contract-body.ts'
import { listPeople, listUnits, PeopleFilter, type PersonRow, UnitFilter, type UnitRow } from './contract-read.ts'
import { importColumns } from './import/units.ts'
import { belongings, bodyPostKinds, postKinds, scales, unitKinds, unitStates, unitTags } from './terms.ts'

/** Headings as the import reads them, so that a corrected export can come back. */
const unitColumns: readonly ListColumn<UnitRow>[] = [
  {
    key: 'name',
    title: importColumns.name.title,
    text: (row) => row.name,
    sortKey: 'name',
    hideable: false,
  },
  { key: 'area', title: importColumns.area.title, text: (row) => row.areaName, sortKey: 'area', width: 130 },
  {
    key: 'sectors',
    title: importColumns.sectors.title,
    text: (row) => row.sectorNames.join('、'),
    width: 150,
  },
  {
    key: 'scale',
    title: importColumns.scale.title,
    text: (row) => scales[row.scale],
    sortKey: 'scale',
    width: 80,
  },
  { key: 'risk', title: '高危', text: (row) => (row.highRisk ? '是' : '否'), width: 70 },
  { key: 'principal', title: importColumns.principal.title, text: (row) => row.principalName, width: 110 },
  { key: 'code', title: importColumns.creditCode.title, text: (row) => row.creditCode, width: 180 },
  {
    key: 'kind',
    title: importColumns.kind.title,
    text: (row) => unitKinds[row.kind],
    width: 100,
    hiddenAtFirst: true,
  },
  {
    key: 'tags',
    title: importColumns.tags.title,
    text: (row) => row.tags.map((tag) => unitTags[tag]).join('、'),
    width: 120,
    hiddenAtFirst: true,
  },
  {
    key: 'belonging',
    title: importColumns.belonging.title,
    text: (row) => belongings[row.belonging],
    width: 110,
    hiddenAtFirst: true,
  },
  {
    key: 'address',
    title: importColumns.address.title,
    text: (row) => row.address || null,
    width: 200,
    hiddenAtFirst: true,
  },
  {
    key: 'position',
    title: '位置',
    text: ({ position }) => position && `经度 ${position.lng}，纬度 ${position.lat}`,
    facts: [
      { title: importColumns.lng.title, text: ({ position }) => position?.lng ?? null },
      { title: importColumns.lat.title, text: ({ position }) => position?.lat ?? null },
      { title: importColumns.datum.title, text: ({ position }) => position && 'WGS-84' },
    ],
    width: 150,
    hiddenAtFirst: true,
  },
  { key: 'state', title: '状态', text: (row) => unitStates[row.state].label, sortKey: 'state', width: 110 },
]

export const unitList = defineList({
  id: 'units',
  title: '单位名录',
  contract: listUnits,
  filter: UnitFilter,
  columns: unitColumns,
})
export const unitExport = defineExport(unitList, { id: 'directory.exportUnits', permission: 'directory.exportUnits' })

/** Phones as the screen shows them to this person: masked unless they may read them whole. */
const peopleColumns: readonly ListColumn<PersonRow>[] = [
  { key: 'name', title: '姓名', text: (row) => row.name, sortKey: 'name', width: 110, hideable: false },
  { key: 'kind', title: '职务', text: (row) => row.title || postKinds[row.kind], width: 130 },
  { key: 'unit', title: '单位', text: (row) => row.unitName, sortKey: 'unit', hideable: false },
  { key: 'area', title: '区域', text: (row) => row.areaName, sortKey: 'area', width: 120 },
  { key: 'phone', title: '手机', text: (row) => row.phone || null, width: 130 },
  { key: 'from', title: '任职自', text: (row) => row.fromDay, sortKey: 'from', width: 110 },
]

export const peopleList = defineList({
  id: 'people',
  title: '单位人员',
  contract: listPeople,
  filter: PeopleFilter,
  columns: peopleColumns,
})
export const peopleExport = defineExport(peopleList, {
  id: 'directory.exportPeople',
  permission: 'directory.exportUnits',
})

/** Headings as the import of people reads them; one cell of the screen may hold two of them. */
const bodyPostColumns: readonly ListColumn<BodyPostRow>[] = [
  { key: 'body', title: '机构', text: (row) => row.bodyName, hideable: false },
  {
    key: 'kind',
    title: '职务',
    text: ({ kind, title }) => (title ? `${bodyPostKinds[kind]}（${title}）` : bodyPostKinds[kind]),
    facts: [
      { title: '职务类别', text: (row) => bodyPostKinds[row.kind], width: 120 },
      { title: '职务名称', text: (row) => row.title || null, width: 160 },
    ],
    width: 190,
  },
  { key: 'name', title: '姓名', text: (row) => row.name, width: 100, hideable: false },
  { key: 'phone', title: '手机', text: (row) => row.phone || null, width: 140 },
  { key: 'officePhone', title: '办公电话', text: (row) => row.officePhone || null, width: 150 },
  {
    key: 'days',
    title: '任职',
    text: (row) => `${row.fromDay} 至 ${row.toDay ?? '今'}`,
    facts: [
      { title: '任职自', text: (row) => row.fromDay, width: 110 },
      { title: '任职到', text: (row) => row.toDay, width: 110 },
    ],
    width: 210,
  },
]

export const bodyPostList = defineList({
  id: 'body-people',
  title: '机构人员',
  contract: listBodyPosts,
  filter: BodyPostFilter,
  columns: bodyPostColumns,
})
export const bodyPostExport = defineExport(bodyPostList, {
  id: 'directory.exportBodyPosts',
  permission: 'directory.readBodyPosts',
})
