import { defineExport, defineList, type ListColumn } from '#kernel/list/list.ts'
import { listPeople, listUnits, PeopleFilter, type PersonRow, UnitFilter, type UnitRow } from './contract-read.ts'
import { importColumns } from './import/units.ts'
import { belongings, postKinds, scales, unitKinds, unitStates, unitTags } from './terms.ts'

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
  title: '人员名录',
  contract: listPeople,
  filter: PeopleFilter,
  columns: peopleColumns,
})
export const peopleExport = defineExport(peopleList, {
  id: 'directory.exportPeople',
  permission: 'directory.exportUnits',
})
