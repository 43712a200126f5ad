import { isMap, isNode, isPair, isSeq, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

type Document = ReturnType<typeof parseDocument>
type Path = readonly PropertyKey[]

/** Where in the text a place of the data stands; a place that is missing stands where it is missed. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents
  let offset = 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isNode(item.key) && 'value' in item.key && item.key.value === step,
      )
      if (!pair) break
      if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0]
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(step)]
      if (isNode(node) && node.range) offset = node.range[0]
    } else break
  }
  return offset
}

/** More mistakes of one file than this tell nothing new: its form is wrong throughout. */
const mostProblems = 20

/**
 * Reads a file of a pack against its schema. What is wrong is told as whoever wrote the file looks for it: file, line, the
 * place in words of the file, and what to do.
 */
export function readLocated<S extends z.ZodType>(
  path: string,
  text: string,
  schema: S,
): { readonly value: z.output<S> } | { readonly problems: readonly string[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => `数据包文件 ${path} 第${lines.linePos(offset).line}行`
  if (document.errors.length > 0) {
    return {
      problems: document.errors
        .slice(0, mostProblems)
        .map((error) => `${at(error.pos[0])}：不是正确的 YAML（${error.message}），请核对缩进、冒号和引号`),
    }
  }
  const parsed = schema.safeParse(document.toJS())
  if (parsed.success) return { value: parsed.data }
  const { issues } = parsed.error
  const shown = issues.slice(0, mostProblems).map((issue) => {
    // A key the form does not have is itself the place to go to.
    const extra = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
    const place = extra === undefined ? issue.path : [...issue.path, extra]
    const words =
      extra === undefined
        ? issue.message
        : `没有“${issue.code === 'unrecognized_keys' ? issue.keys.join('、') : extra}”这一项，请删去或改正拼写`
    return `${at(offsetOf(document, place))} ${place.join('.')}：${words}`
  })
  const more = issues.length > mostProblems ? [`数据包文件 ${path} 另有${issues.length - mostProblems}处`] : []
  return { problems: [...shown, ...more] }
}
