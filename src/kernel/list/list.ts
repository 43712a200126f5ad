import { z } from 'zod'
import { defineQuery, type QueryContract } from '../contract.ts'
import { defineErrors } from '../errors.ts'
import type { Page } from '../paging.ts'

export type CellValue = string | number | null

/** One fact of a row in words: what stands in the cell of a file or of a printed page. */
export interface Fact<R> {
  readonly title: string
  text(row: R): CellValue
  /** Pixels on the screen, and so the width in a file. Left out for the one column that takes what is left. */
  readonly width?: number
}

/** A column of a list. The screen may draw its cell with marks and links; file and print say `text`. */
export interface ListColumn<R> extends Fact<R> {
  readonly key: string
  /** Name the list contract sorts by. */
  readonly sortKey?: string
  /** False for columns without which a row says nothing. */
  readonly hideable?: false
  /** Hidden until the person chooses it. */
  readonly hiddenAtFirst?: true
  readonly align?: 'right'
  /** The facts of a cell that shows several at once, each in a column of its own in a file, to be counted and filtered. */
  readonly facts?: readonly Fact<R>[]
}

/** A list, said once: what it is asked by, what it is narrowed by, what its columns are. */
export interface ListSpec<R, F extends z.ZodRawShape = z.ZodRawShape> {
  /** Names the list wherever an account keeps something about it: columns, saved filters. */
  readonly id: string
  /** Of the sheet and of the audit, such as 隐患清单. */
  readonly title: string
  readonly contract: QueryContract<z.ZodType, z.ZodType<Page<R>>>
  /** What the contract's input can narrow by, without paging. */
  readonly filter: z.ZodObject<F>
  readonly columns: readonly ListColumn<R>[]
}

export function defineList<R, F extends z.ZodRawShape>(spec: ListSpec<R, F>): ListSpec<R, F> {
  return spec
}

/** Which columns of a list a person sees, in which order; keys it does not have any more are passed over. */
export function columnsOf<C extends { readonly key: string; readonly hiddenAtFirst?: boolean }>(
  columns: readonly C[],
  keys: readonly string[] | undefined,
): C[] {
  if (!keys) return columns.filter((column) => !column.hiddenAtFirst)
  return keys.flatMap((key) => columns.find((column) => column.key === key) ?? [])
}

/** The columns of a file: a cell of several facts opens into one column each; a fact that two cells share stands once. */
export function factsOf<R>(columns: readonly ListColumn<R>[]): readonly Fact<R>[] {
  const facts = columns.flatMap((column): readonly Fact<R>[] => column.facts ?? [column])
  return facts.filter(({ title }, at) => facts.findIndex((fact) => fact.title === title) === at)
}

export const exportFormats = ['xlsx', 'csv'] as const

/** How a list is taken out: its rows as they are filtered and sorted, its columns as they are chosen and ordered. */
export const ExportChoice = z.object({
  format: z.enum(exportFormats).default('xlsx'),
  sort: z.string().max(40).optional(),
  columns: z.array(z.string().max(40)).min(1, '请至少选择一列').max(60, '最多选择60列').optional(),
})

export const exportErrors = defineErrors('export', {
  busy: [503, '同时进行的导出较多，请过一会儿再试', true],
  tooManyRows: [422, '行数超过 Excel 一张表能容纳的 1048575 行，请缩小筛选范围分几次导出，或改用 CSV 格式'],
})

/** The taking out of a list as a file. */
export interface ListExport<R, F extends z.ZodRawShape = z.ZodRawShape> {
  readonly list: ListSpec<R, F>
  readonly contract: QueryContract
}

/** Declares the export of a list. Without a permission of its own, whoever may read the list may take it along. */
export function defineExport<R, F extends z.ZodRawShape>(
  list: ListSpec<R, F>,
  { id, permission = list.contract.permission }: { readonly id: string; readonly permission?: string },
): ListExport<R, F> {
  const known = new Set(list.columns.map(({ key }) => key))
  const columns = ExportChoice.shape.columns.refine((keys) => keys?.every((key) => known.has(key)) ?? true, {
    message: '所选的列有的已不存在，请刷新页面后重新选择',
  })
  return {
    list,
    contract: defineQuery({
      id,
      title: `导出${list.title}`,
      permission,
      input: z.object({ ...list.filter.shape, ...ExportChoice.shape, columns }),
      output: z.unknown(),
      errors: Object.values(exportErrors),
    }),
  }
}
