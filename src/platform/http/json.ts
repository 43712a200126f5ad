import { coreErrors, refuse } from '#kernel/errors.ts'

/**
 * Parses JSON from outside. NUL cannot be stored in PostgreSQL text and lone surrogates not in jsonb, so the first is
 * refused with a word and the second repaired, instead of failing deep inside a transaction.
 */
export function parseJson(text: string): unknown {
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
