import { isMap, isNode, isPair, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { faultsOf, wordsOfRaw } from './issue-words.ts'

export type Path = readonly PropertyKey[]

/** More mistakes of one file than this tell nothing new: its form is wrong throughout. */
const mostProblems = 20

/** Why a text is no YAML, and what to do; what has no words here is told in those of the reader. */
const brokenWords: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: '用制表符（Tab）缩进了，请改用空格',
  BAD_INDENT: '缩进不对：同一层的各项要左对齐，下一层多缩进两格',
  DUPLICATE_KEY: '同一项写了两次，请删去一个',
  MULTILINE_IMPLICIT_KEY: '冒号前的名称不能跨行，请检查上一行的引号和括号是否成对',
  BLOCK_AS_IMPLICIT_KEY: '一行里写了两个“名称: 内容”，请分成两行',
  MISSING_CHAR: '缺少符号，请检查引号、括号和逗号是否成对，冒号后有没有空格',
  BAD_SCALAR_START: '内容以特殊符号开头，请加引号',
  BAD_ALIAS: '以 * 或 & 开头的内容请加引号',
  UNEXPECTED_TOKEN: '多出了符号，请检查引号、括号和逗号是否成对',
  TAG_RESOLVE_FAILED: '以 ! 开头的内容请加引号',
  MULTIPLE_DOCS: '一个文件只写一份，请删去 --- 及其后的内容',
}

interface Broken {
  readonly pos: readonly [from: number, to?: number]
  readonly code: string
  readonly message: string
}

/** A YAML file of a pack that keeps in mind on which line each of its values stands. */
export class PackFile {
  readonly path: string
  readonly value: unknown
  /** Why it is no YAML at all. */
  readonly broken: readonly string[]
  readonly #document: ReturnType<typeof parseDocument>
  readonly #lines = new LineCounter()

  constructor(path: string, text: string) {
    this.path = path
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false })
    const { errors, warnings } = this.#document
    const broken = [...errors, ...warnings, ...this.#lostAliases()]
    this.broken = broken.slice(0, mostProblems).map((error) => this.#brokenAt(error))
    this.value = this.broken.length > 0 ? undefined : this.#document.toJS()
  }

  /** An asterisk refers to what was marked before: one that was meant as a word leads nowhere. */
  #lostAliases(): Broken[] {
    const lost: Broken[] = []
    visit(this.#document, {
      Alias: (_, alias) => {
        if (alias.resolve(this.#document) === undefined)
          lost.push({ pos: [alias.range?.[0] ?? 0], code: 'BAD_ALIAS', message: alias.source })
      },
    })
    return lost
  }

  #brokenAt({ pos, code, message }: Broken): string {
    const words = brokenWords[code] ?? `${message}，请核对缩进、冒号和引号`
    return `数据包文件 ${this.path} 第${this.#lines.linePos(pos[0]).line}行：不是正确的 YAML，${words}`
  }

  /** The line of the value at this path; of what is missing, the line of what it is missed in. */
  lineOf(path: Path): number {
    let node: unknown = this.#document.contents
    let offset = isNode(node) && node.range ? node.range[0] : 0
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find(
          (item) => isPair(item) && isNode(item.key) && 'value' in item.key && String(item.key.value) === String(step),
        )
        if (!pair) break
        if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0]
        node = pair.value
      } else if (isSeq(node)) {
        node = node.items[Number(step)]
        if (isNode(node) && node.range) offset = node.range[0]
      } else break
    }
    return this.#lines.linePos(offset).line
  }

  /** What is wrong, as whoever wrote the file looks for it: file, line, the place in words of the file, and what to do. */
  at(path: Path, words: string): string {
    const place = path.length > 0 ? ` ${path.map(String).join('.')}` : ''
    return `数据包文件 ${this.path} 第${this.lineOf(path)}行${place}：${words}`
  }

  /** The file as its schema has it, or all that is wrong with it. */
  check<S extends z.ZodType>(schema: S): { readonly value: z.output<S> } | { readonly problems: readonly string[] } {
    if (this.broken.length > 0) return { problems: this.broken }
    if (this.value === null || this.value === undefined) {
      return { problems: [`数据包文件 ${this.path} 第1行：文件是空的，请填写或删去文件`] }
    }
    const parsed = schema.safeParse(this.value, { error: wordsOfRaw, reportInput: true })
    if (parsed.success) return { value: parsed.data }
    const faults = parsed.error.issues.flatMap(faultsOf)
    const more = faults.length > mostProblems ? [`数据包文件 ${this.path} 另有${faults.length - mostProblems}处`] : []
    return { problems: [...faults.slice(0, mostProblems).map(({ path, words }) => this.at(path, words)), ...more] }
  }
}
