import { isNode, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import type { z } from 'zod'

/** A YAML file that keeps in mind on which line each of its values stands. */
export interface LinedFile {
  readonly path: string
  readonly value: unknown
  /** The line of the value at this path, or of the nearest one around it. */
  lineOf(path: readonly (string | number)[]): number
  /** Why it is no YAML at all. */
  readonly broken: readonly string[]
}

export function linedFile(path: string, text: string): LinedFile {
  const lines = new LineCounter()
  const document = parseDocument<ParsedNode>(text, { lineCounter: lines })
  const lineOf = (steps: readonly (string | number)[]): number => {
    for (let length = steps.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : document.getIn(steps.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  const broken = document.errors.map(({ linePos, code }) => {
    return `数据包文件 ${path} 第${linePos?.[0].line ?? 1}行不是正确的 YAML（${code}）。请检查缩进、冒号后的空格和引号`
  })
  return { path, value: broken.length > 0 ? undefined : document.toJS(), lineOf, broken }
}

/** What a file is wrong about: the file, the line, and what to do. */
export const problemAt = (file: LinedFile, path: readonly (string | number)[], words: string): string =>
  `数据包文件 ${file.path} 第${file.lineOf(path)}行 ${path.join('.')}：${words}`

/** Checks a file against its schema; problems name the line of the value that is wrong. */
export function checkedFile<S extends z.ZodType>(
  file: LinedFile,
  schema: S,
): { readonly data?: z.output<S>; readonly problems: readonly string[] } {
  if (file.broken.length > 0) return { problems: file.broken }
  const parsed = schema.safeParse(file.value)
  if (parsed.success) return { data: parsed.data, problems: [] }
  const problems = parsed.error.issues.map((issue) => {
    const unknown =
      issue.code === 'unrecognized_keys' ? `不认识的项“${issue.keys.join('、')}”，请删去或改正` : issue.message
    return problemAt(
      file,
      issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
      unknown,
    )
  })
  return { problems }
}
