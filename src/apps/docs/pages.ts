import type { Reader } from '#platform/db/tables.ts'
import type { Modules } from '../server/modules.ts'
import { openApi } from './openapi.ts'
import { readSchema } from './queries.ts'
import { errorsPage, lifecyclesPage, mark, permissionsPage, table } from './tables.ts'

/** Every table with its columns, keys and indexes, as the migrated database describes them. */
async function schemaPage(reader: Reader): Promise<string> {
  const { tables, columns, rules, indexes } = await readSchema(reader)
  const parts = tables.map(({ table: name, comment }) => {
    const own = <T extends { table: string }>(rows: readonly T[]) => rows.filter((row) => row.table === name)
    const rows = own(columns).map(({ column, type, optional, fallback, comment: words }) => [
      `\`${column}\``,
      type,
      optional ? '可空' : '',
      fallback ? `\`${fallback}\`` : '',
      words ?? '',
    ])
    const lines = [...own(rules), ...own(indexes)].map(({ name: rule, definition }) => `- \`${rule}\`: ${definition}`)
    return [
      `## ${name}\n`,
      `${comment ?? ''}\n`,
      table(['列', '类型', '', '默认', '说明'], rows),
      '',
      ...lines,
      '',
    ].join('\n')
  })
  return [mark(' db/migrations 建成的数据库'), '# 数据库结构\n', ...parts].join('\n')
}

/** Every generated page by its file name in docs/generated. */
export async function generatedPages(modules: Modules, reader: Reader): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['openapi.json', openApi(modules.all)],
    ['permissions.md', permissionsPage(modules.all)],
    ['lifecycles.md', lifecyclesPage(modules.all, modules.titles)],
    ['errors.md', errorsPage(modules.all)],
    ['schema.md', await schemaPage(reader)],
  ])
}
