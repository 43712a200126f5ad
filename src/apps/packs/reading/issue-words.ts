import type { z } from 'zod'

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

const kinds: Readonly<Record<string, string>> = {
  string: '文字（数字、日期要加引号）',
  number: '数字（不加引号）',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表，如 [甲, 乙]，或每行一个“- ”',
  object: '若干项，如 名称: 内容',
  record: '若干项，如 名称: 内容',
  null: 'null',
}

function written(input: unknown): string {
  if (input === null) return '空的'
  if (Array.isArray(input)) return '列表'
  if (typeof input === 'object') return '若干项'
  return `“${String(input).slice(0, 40)}”`
}

const least = ({ origin, minimum }: z.core.$ZodIssueTooSmall) => {
  if (origin === 'array' || origin === 'set') return `至少写${minimum}项`
  return origin === 'string' ? `至少${minimum}个字` : `不能小于${minimum}`
}
const most = ({ origin, maximum }: z.core.$ZodIssueTooBig) => {
  if (origin === 'array' || origin === 'set') return `最多写${maximum}项`
  return origin === 'string' ? `最多${maximum}个字` : `不能大于${maximum}`
}

/** A choice between forms of which none fits: what is wrong with the nearest of them is what to say. */
const noForm = '几种写法都不符合'

/** What a schema that says nothing itself is wrong about, in words that say what to write. */
export function wordsOfRaw(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `应为${kinds[issue.expected] ?? issue.expected}，现在是${written(issue.input)}，请改正`
    case 'invalid_value':
      return `只能写 ${issue.values.map(String).join('、')}，现在是${written(issue.input)}`
    case 'too_small':
      return `${least(issue as z.core.$ZodIssueTooSmall)}，请改正`
    case 'too_big':
      return `${most(issue as z.core.$ZodIssueTooBig)}，请改正`
    case 'invalid_union':
      return noForm
    case 'invalid_format':
      return `写法不对（现在是${written(issue.input)}），请改正`
    default:
      return undefined
  }
}

/** One thing wrong with a file: where, and what to do. */
export interface Fault {
  readonly path: readonly PropertyKey[]
  readonly words: string
}

/** What an issue of a schema means to whoever wrote the file. A key that is too much is itself the place to go to. */
export function faultsOf(issue: Issue): Fault[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], words: `没有“${key}”这一项，请删去或改正拼写` }))
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => ({ path, words: message }))
  }
  const missing = issue.input === undefined && ['invalid_type', 'invalid_value', 'invalid_union'].includes(issue.code)
  if (missing && path.length > 0) {
    const hint = issue.message === wordsOfRaw(issue as RawIssue) ? '' : `（${issue.message}）`
    return [{ path, words: `缺少“${String(path.at(-1))}”这一项，请补上${hint}` }]
  }
  if (issue.code === 'invalid_union' && issue.message === noForm) return nearestForm(issue)
  return [{ path, words: issue.message }]
}

/** Of several forms the one with the fewest mistakes is the one that was meant; where all are equal, the deepest. */
function nearestForm({ path, errors }: z.core.$ZodIssueInvalidUnion): Fault[] {
  const depth = (issues: readonly Issue[]) => Math.max(...issues.map((one) => one.path.length))
  const [nearest] = [...errors].sort((a, b) => a.length - b.length || depth(b) - depth(a))
  if (!nearest) return [{ path, words: noForm }]
  return nearest.flatMap((issue) => faultsOf({ ...issue, path: [...path, ...issue.path] }))
}
