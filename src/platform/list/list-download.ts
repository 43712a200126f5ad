import type { z } from 'zod'
import { allFilterWords, type CodeKind, namingOf } from '#kernel/list/filter.ts'
import { columnsOf, ExportChoice, factsOf, type ListExport, type ListSpec } from '#kernel/list/list.ts'
import { parseInput } from '#kernel/parse.ts'
import { minuteOf } from '#kernel/time.ts'
import { type HeldRows, holdRows, type Question } from '../db/held.ts'
import { tableFile } from '../excel/download.ts'
import type { Row } from '../excel/writer.ts'
import type { ExportDesk, QueryContext, RegisteredDownload } from '../module/module.ts'

/** All rows of a list for one filter, ready to be held by the database. */
export interface ListSource<R> {
  hold(context: QueryContext): Promise<HeldRows<R>>
}

/** The question to the database, and what its answer means. */
export function listSource<R, Raw>(
  question: Question<Raw>,
  rowsOf: (raws: Raw[]) => R[] | Promise<R[]>,
): ListSource<R> {
  return {
    async hold({ db }) {
      const held = await holdRows<Raw>(db, question)
      async function* read() {
        for await (const raws of held.read()) yield await rowsOf(raws)
      }
      return { ...held, read }
    },
  }
}

/** Rows that are in memory already, such as those of a library that never changes while the system runs. */
export function ready<R>(rows: readonly R[]): ListSource<R> {
  async function* read() {
    yield [...rows]
  }
  return { hold: async () => ({ total: rows.length, read, close: async () => {} }) }
}

/** The filter in words, with the names of its codes. */
export async function wordsOf(
  filter: z.ZodObject,
  values: object,
  context: QueryContext,
  desk: ExportDesk,
): Promise<string[]> {
  const names = new Map<string, string>()
  const key = (kind: CodeKind, code: string) => `${kind}\n${code}`
  for (const [name, value] of Object.entries(values)) {
    const meaning = namingOf(filter, name)?.meaning
    if (typeof meaning !== 'string' || value === undefined) continue
    for (const code of [value].flat().map(String)) {
      names.set(key(meaning, code), await desk.nameOf(context, meaning, code))
    }
  }
  return allFilterWords(filter, values, (kind, code) => names.get(key(kind, code)) ?? code)
}

function sortWords<R>({ columns }: ListSpec<R>, sort: string | undefined): string {
  const column = sort && columns.find(({ sortKey }) => sortKey === sort.replace(/^-/, ''))
  return column ? `按${column.title}${sort.startsWith('-') ? '从后到前' : '从前到后'}` : '列表的默认顺序'
}

/** What a table that leaves says of itself. */
export function exportFacts(
  { actor, now }: QueryContext,
  title: string,
  words: string,
  more: readonly (readonly [string, string])[] = [],
): (readonly [string, string])[] {
  return [
    ['清单', title],
    ['筛选条件', words || '无，即导出人能看到的全部'],
    ...more,
    ['导出人', actor.name],
    ['导出时间', minuteOf(now)],
  ]
}

/**
 * Registers the export of a list: the rows its filter finds, in its order, with the columns the person sees. Read from the
 * database piece by piece while it is sent, and written into the audit before the first byte leaves.
 */
export function listDownload<R, F extends z.ZodRawShape>(
  { list, contract }: ListExport<R, F>,
  desk: ExportDesk,
  open: (
    context: QueryContext,
    filter: z.output<z.ZodObject<F>>,
    sort: string | undefined,
  ) => ListSource<R> | Promise<ListSource<R>>,
): RegisteredDownload {
  return {
    contract,
    async open(context, input) {
      const { format, sort, columns: keys } = ExportChoice.parse(parseInput(contract.input, input))
      const filter = list.filter.parse(input)
      const facts = factsOf(columnsOf(list.columns, keys))
      const source = await open(context, filter, sort)
      const words = (await wordsOf(list.filter, filter, context, desk)).join('；')
      const titles = facts.map(({ title }) => title)
      const held = await source.hold(context)
      async function* rows(): AsyncGenerator<Row> {
        for await (const piece of held.read()) {
          for (const row of piece) yield facts.map((fact) => fact.text(row))
        }
      }
      try {
        const { title } = list
        const taken = { title, filter, words, columns: titles, rows: held.total, format }
        await desk.log(context.actor, context.now, taken)
        return await tableFile(context, {
          name: `${title}-${context.today}`,
          title,
          columns: facts.map(({ title: heading, width }) => ({
            title: heading,
            width: width ? Math.ceil(width / 8) : 50,
          })),
          rows: rows(),
          total: held.total,
          format,
          about: exportFacts(context, title, words, [
            ['排序', sortWords(list, sort)],
            ['列', titles.join('、')],
          ]),
          done: held.close,
        })
      } catch (error) {
        held.close()
        throw error
      }
    },
  }
}
