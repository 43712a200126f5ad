import { mostUploadBytes } from '#kernel/attachment.ts'
import type { Day } from '#kernel/time.ts'
import type { Parameters } from '../parameters/parameters.ts'

/** Bytes a file may have on a day: what the county set, within what the product can look through. */
export function uploadLimit(parameters: Parameters, on: Day): number {
  return Math.min(parameters.number('upload.maxBytes', on), mostUploadBytes)
}
