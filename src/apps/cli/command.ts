import { parseArgs } from 'node:util'
import type { Config } from '#platform/config/config.ts'
import type { Product } from '../server/product.ts'

/** 0: done, nothing amiss. 1: done, and something is wrong that somebody must look at. */
export type Outcome = 0 | 1
export type Say = (line: string) => void

export interface Command {
  readonly words: string
  readonly usage: string
  readonly purpose: string
  /** Reads the arguments before anything is opened; throws UsageError. */
  prepare(args: readonly string[]): (product: Product, say: Say) => Promise<Outcome>
}

/** A command that opens for itself what it needs, because the product does not run as it stands, or not at all. */
export interface Bare extends Omit<Command, 'prepare'> {
  prepare(args: readonly string[]): (config: Config, say: Say) => Promise<Outcome>
}

/** The command line cannot be understood; the message is Chinese and says how to write it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const keepEvidence =
  '请不要修改数据库，把以上内容连同数据目录中的日志和最近的备份一起交给维护人员；问题查清之前，相关数字暂不要对外报送。'

type ArgOptions = NonNullable<Parameters<typeof parseArgs>[0]>['options']

export function readArgs(args: readonly string[], options: ArgOptions): Readonly<Record<string, unknown>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values
  } catch {
    throw new UsageError(`看不懂的参数：${args.join(' ')}`)
  }
}
