import { existsSync, renameSync, rmSync, statSync } from 'node:fs'

const kept = 3

/**
 * Puts a log aside (`x.log.1` is the newest of three) when it has grown beyond `limit` bytes; true when it did. Whoever
 * writes it must open it anew. Synchronous, so that nothing is written between the look and the renaming.
 */
export function rotateLog(file: string, limit = 20 * 1024 * 1024): boolean {
  if (!existsSync(file) || statSync(file).size < limit) return false
  rmSync(`${file}.${kept}`, { force: true })
  for (let at = kept - 1; at >= 1; at -= 1) {
    if (existsSync(`${file}.${at}`)) renameSync(`${file}.${at}`, `${file}.${at + 1}`)
  }
  renameSync(file, `${file}.1`)
  return true
}
