import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

/** A pack that cannot be loaded; each problem names the file and the place in it, in Chinese. */
export class PackError extends Error {
  override readonly name = 'PackError'
  readonly problems: readonly string[]

  constructor(...problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** More mistakes of one file than this tell nothing new: its form is wrong throughout. */
const mostProblems = 20

/** Where in its file a value stands: of the value itself, or of the nearest thing around it when it is missing. */
function lineOf(document: ReturnType<typeof parseDocument>, lines: LineCounter, path: readonly PropertyKey[]): string {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return `第${lines.linePos(node.range[0]).line}行 `
  }
  return ''
}

/** Reads files of the packs' folder one by one and gathers what is wrong with any of them. */
export class PackFolder {
  readonly problems: string[] = []
  readonly root: string

  constructor(root: string) {
    this.root = root
  }

  async yaml<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | undefined> {
    const lines = new LineCounter()
    let document: ReturnType<typeof parseDocument>
    let value: unknown
    try {
      document = parseDocument(await readFile(join(this.root, path), 'utf8'), { lineCounter: lines })
      if (document.errors[0]) throw document.errors[0]
      value = document.toJS()
    } catch (error) {
      this.problems.push(`数据包文件 ${path} 无法读取：${error instanceof Error ? error.message : String(error)}`)
      return undefined
    }
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    const { issues } = parsed.error
    const shown = issues
      .slice(0, mostProblems)
      .map(({ path: at, message }) => `${lineOf(document, lines, at)}${at.join('.')}：${message}`)
    const more = issues.length > mostProblems ? `；另有${issues.length - mostProblems}处` : ''
    this.problems.push(`数据包文件 ${path} 的内容有误：${shown.join('；')}${more}`)
    return undefined
  }

  /** A file that a pack may do without. */
  async optional<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | undefined> {
    const there = await access(join(this.root, path)).then(
      () => true,
      () => false,
    )
    return there ? this.yaml(path, schema) : undefined
  }
}
