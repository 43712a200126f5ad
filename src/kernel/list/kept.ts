import { z } from 'zod'
import { defineAction, defineQuery } from '../contract.ts'
import { defineErrors } from '../errors.ts'
import { Id } from '../ids.ts'

/*
 * What an account keeps about a list: filters by name, and its columns. Declared here, because the frame of the pages draws
 * it for every list and knows no capability.
 */

/** How many filters an account may keep for one list; more could not be told apart in a menu. */
export const mostFilters = 30

export const keptErrors = defineErrors('lists', {
  filterNameTaken: [409, '这个列表已有同名的常用筛选，请换一个名称，或更新原来的那一个'],
  tooManyFilters: [409, `一个列表最多保存${mostFilters}个常用筛选，请先删除不用的`],
})

const ListId = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*$/, '没有这个列表')
  .max(40, '没有这个列表')
const Name = z.string().trim().min(1, '请填写名称').max(20, '名称最多20字')
const Key = z.string().min(1, '列不正确').max(40, '列不正确')
const Filter = z
  .record(z.string().max(40, '筛选条件不正确'), z.unknown())
  .refine((filter) => JSON.stringify(filter).length <= 4000, '筛选条件太多，保存不下，请减少几个')

/** What a saved filter brings along: the rows, their order, and the columns when it has its own. */
const Content = {
  filter: Filter,
  /** How the filter reads, for the day when the list no longer knows one of its conditions. */
  words: z.string().max(1000, '筛选条件的说明太长').default(''),
  sort: z.string().max(40, '排序不正确').nullable().default(null),
  columns: z.array(Key).max(60, '最多选择60列').nullable().default(null),
}

export const SavedFilter = z.object({
  id: Id,
  version: z.number().int(),
  name: z.string(),
  filter: z.record(z.string(), z.unknown()),
  words: z.string(),
  sort: z.string().nullable(),
  columns: z.array(z.string()).nullable(),
  /** The list opens with it when nothing else is asked for. */
  isDefault: z.boolean(),
})
export type SavedFilter = z.infer<typeof SavedFilter>

/** The columns of a list in the person's own order, those out of sight too, so that one added later is known to be new. */
export const ColumnLayout = z.array(z.object({ key: Key, shown: z.boolean() })).max(80, '列太多')
export type ColumnLayout = z.infer<typeof ColumnLayout>

const own = { permission: 'lists.keep', record: 'savedFilter' } as const
const done = z.object({})

export const keptForList = defineQuery({
  id: 'lists.kept',
  title: '我的常用筛选和列',
  permission: 'lists.keep',
  input: z.object({ list: ListId }),
  output: z.object({ filters: z.array(SavedFilter), layout: ColumnLayout.nullable() }),
  errors: [],
})

export const saveFilter = defineAction({
  ...own,
  id: 'lists.saveFilter',
  title: '保存常用筛选',
  creates: true,
  input: z.object({ list: ListId, name: Name, ...Content }),
  output: done,
  errors: [keptErrors.filterNameTaken, keptErrors.tooManyFilters],
})

/** The same name for what the list shows now. */
export const updateFilter = defineAction({
  ...own,
  id: 'lists.updateFilter',
  title: '更新常用筛选',
  input: z.object(Content),
  output: done,
  errors: [],
})

export const renameFilter = defineAction({
  ...own,
  id: 'lists.renameFilter',
  title: '重命名常用筛选',
  input: z.object({ name: Name }),
  output: done,
  errors: [keptErrors.filterNameTaken],
})

/** At most one filter of a list is the one it opens with; making another it ends the first one's turn. */
export const setDefaultFilter = defineAction({
  ...own,
  id: 'lists.setDefaultFilter',
  title: '设置默认筛选',
  input: z.object({ isDefault: z.boolean() }),
  output: done,
  errors: [],
})

export const dropFilter = defineAction({
  ...own,
  id: 'lists.dropFilter',
  title: '删除常用筛选',
  input: z.object({}),
  output: done,
  errors: [],
})

/** Null puts the columns back to how the list was made. */
export const keepColumns = defineAction({
  id: 'lists.keepColumns',
  title: '调整显示的列',
  permission: 'lists.keep',
  record: 'columnLayout',
  creates: true,
  input: z.object({ list: ListId, layout: ColumnLayout.nullable() }),
  output: done,
  errors: [],
})
