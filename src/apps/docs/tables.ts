import { coreErrors, type ErrorDef } from '#kernel/errors.ts'
import { type Reach, type Role, roles } from '#kernel/grants.ts'
import type { Guard, Lifecycle, StateType } from '#kernel/lifecycle.ts'
import { exportErrors } from '#kernel/list/list.ts'
import { documentErrors } from '#platform/documents/errors.ts'
import { excelErrors } from '#platform/excel/errors.ts'
import { fileErrors } from '#platform/files/errors.ts'
import type { ServerModule } from '#platform/module/module.ts'

export const mark = (from: string) => `<!-- 本文件由 npm run docs 从${from}生成，请勿手工修改 -->\n`

/** A Markdown table; what would break a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const reachWords: Readonly<Record<Reach, string>> = { scope: '辖', body: '交', own: '己' }

/** Who may do what: one row per permission, one column per role. */
export function permissionsPage(modules: readonly ServerModule[]): string {
  const names = Object.keys(roles) as Role[]
  const parts = modules
    .filter(({ permissions }) => Object.keys(permissions).length > 0)
    .map(({ name, permissions }) => {
      const rows = Object.entries(permissions).map(([id, { title, roles: given }]) => [
        title,
        `\`${id}\``,
        ...names.map((role) => (given[role] ?? []).map((reach) => reachWords[reach]).join('') || '－'),
      ])
      return `## ${name}\n\n${table(['事项', '编号', ...names.map((role) => roles[role])], rows)}\n`
    })
  return [
    mark('各模块的 permissions.ts '),
    '# 权限表\n',
    '辖：授权范围（区域 × 行业 × 单位）之内的记录；交：交办给本单位的记录，不论是否在范围之内；己：本人的记录；－：无权。',
    '整行均为“－”的事项只由系统办理。\n',
    ...parts,
  ].join('\n')
}

const typeWords: Readonly<Record<StateType, string>> = {
  open: '办理中',
  waiting: '等待审核',
  closed: '办结',
  void: '终止',
}

/** A transition's guards under the names they have in lifecycle.ts. */
const guardNames = (guards: readonly Guard<never>[] | undefined) => (guards ?? []).map((guard) => `\`${guard.name}\``)

function lifecycle(record: Lifecycle<string, never>, titles: ReadonlyMap<string, string>): string {
  const states = Object.entries(record.states)
  const label = (id: string) => record.states[id]?.label ?? id
  const titleOf = (action: string) => titles.get(action) ?? action
  const targets = (to: string | readonly string[]) => (typeof to === 'string' ? [to] : to).filter((id) => id !== 'same')
  const arrows = new Map<string, string[]>()
  for (const { action, from, to } of record.transitions) {
    for (const source of from) {
      for (const target of targets(to)) {
        const key = `  ${source} --> ${target}`
        arrows.set(key, [...(arrows.get(key) ?? []), titleOf(action)])
      }
    }
  }
  const rows = record.transitions.map(({ action, from, to, guards }) => [
    titleOf(action),
    `\`${action}\``,
    from.map(label).join('、'),
    targets(to).map(label).join('、') || '不变',
    guardNames(guards).join('、') || '－',
  ])
  return [
    `## ${record.record}\n`,
    table(
      ['状态', '编号', '类型'],
      states.map(([id, { label: words, type }]) => [words, `\`${id}\``, typeWords[type]]),
    ),
    '\n```mermaid\nstateDiagram-v2',
    ...states.map(([id, state]) => `  state "${state.label}" as ${id}`),
    ...[...arrows].map(([arrow, actions]) => `${arrow}: ${actions.join(' / ')}`),
    '```\n',
    table(['办理事项', '编号', '从', '到', '前提'], rows),
    '',
  ].join('\n')
}

/** The life of every record: states, moves, and the guards that stand before each. */
export function lifecyclesPage(modules: readonly ServerModule[], titles: ReadonlyMap<string, string>): string {
  const parts = modules.flatMap(({ lifecycles = [] }) => lifecycles.map((record) => lifecycle(record, titles)))
  return [mark('各模块的 lifecycle.ts '), '# 状态流转\n', '前提是 lifecycle.ts 中同名的函数。\n', ...parts].join('\n')
}

/** Every refusal a person can meet. */
export function errorsPage(modules: readonly ServerModule[]): string {
  const part = (name: string, defs: readonly ErrorDef[]) => {
    const rows = defs.map(({ code, status, message, retryable }) => [
      `\`${code}\``,
      String(status),
      message,
      retryable ? '可以' : '',
    ])
    return `## ${name}\n\n${table(['代码', 'HTTP', '提示', '原样重试'], rows)}\n`
  }
  return [
    mark('各模块的 errors.ts '),
    '# 错误代码\n',
    part('core', Object.values(coreErrors)),
    part('upload', Object.values(fileErrors)),
    part('document', Object.values(documentErrors)),
    part('excel', Object.values(excelErrors)),
    part('export', Object.values(exportErrors)),
    ...modules.filter(({ errors }) => errors.length > 0).map(({ name, errors }) => part(name, errors)),
  ].join('\n')
}
