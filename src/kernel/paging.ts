import { z } from 'zod'

/** Rows a list may show on one page; larger answers go through export. */
export const maxPageSize = 200

/** The paging part of a list's input: page from 1, `sort` as `field` or `-field` for descending. */
export const Paging = {
  page: z.number().int().min(1).max(100_000).default(1),
  size: z.number().int().min(1).max(maxPageSize).default(20),
  sort: z.string().max(40).optional(),
}

/** A page of rows with the exact total for the same filter. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ rows: z.array(row), total: z.number().int() })
}

export interface Page<T> {
  readonly rows: readonly T[]
  readonly total: number
}
