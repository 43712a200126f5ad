import { coreErrors, refuse } from '#kernel/errors.ts'

/** The deepest contract nests eight levels; whoever walks a value after this may do so by calling itself. */
const deepest = 64

/** Whether brackets outside of text nest deeper than that. Counted on the text, before anything is built from it. */
function tooDeep(text: string): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (quoted) {
      if (sign === '\\') at += 1
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '[' || sign === '{') {
      depth += 1
      if (depth > deepest) return true
    } else if (sign === ']' || sign === '}') depth -= 1
  }
  return false
}

/**
 * Parses JSON from outside. NUL cannot be stored in PostgreSQL text and lone surrogates not in jsonb, so the first is
 * refused with a word and the second repaired, instead of failing deep inside a transaction.
 */
export function parseJson(text: string): unknown {
  if (tooDeep(text)) refuse(coreErrors.invalidInput, { detail: '提交的内容嵌套层次太多，无法处理' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse(coreErrors.invalidInput, { detail: '提交的内容不是有效的 JSON' })
  }
  if (/\\u0000/i.test(text))
    refuse(coreErrors.invalidInput, { detail: '内容含有不可见的空字符（NUL），请删除后再提交' })
  return /\\u[dD][89a-fA-F]|[\uD800-\uDFFF]/.test(text) ? wellFormed(value) : value
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item)]))
}
