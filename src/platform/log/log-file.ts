import pino from 'pino'
import { rotateLog } from './rotate.ts'

/** Lines that wait for a full disk to get room; what comes after them is lost, not the product. */
const waitingBytes = 1024 * 1024
const againMs = 5_000

/**
 * A log file that cannot stop the product, nor keep it from stopping. By default the first line that a full disk does not
 * take ends the process, and lines that wait to be written at the end of one are tried for ever: so each is written at
 * once, and what fails waits until there is room again.
 */
export function openLogFile(file: string) {
  rotateLog(file)
  // With `minLength` 0 the flush below would do nothing.
  const settings = { mkdir: true, sync: true, minLength: 1, maxLength: waitingBytes }
  const destination = pino.destination({ dest: file, ...settings })
  let again: NodeJS.Timeout | undefined
  destination.on('error', (error: Error) => {
    if (again) return
    console.error(`日志 ${file} 写不进去（${error.message}），系统继续运行，稍后再写。`)
    again = setTimeout(() => {
      again = undefined
      destination.flush()
    }, againMs)
    again.unref()
  })
  return destination
}
