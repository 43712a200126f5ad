import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { PackFile, type Path } from './file.ts'

/** A pack that cannot be loaded; each problem names the file and the place in it, in Chinese. */
export class PackError extends Error {
  override readonly name = 'PackError'
  readonly problems: readonly string[]

  constructor(...problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** The content of a file, and the file to point into. */
export interface Read<T> {
  readonly value: T
  readonly file: PackFile
}

/** An entry of a list in a file, with where it stands; entries of one kind may come from several files. */
export interface Placed<T> {
  readonly entry: T
  /** What is wrong with it, at this place within it. */
  at(path: Path, words: string): string
}

/** The entries of a list of a file, each with its place. */
export function placed<T>(read: Read<unknown> | undefined, list: string, entries: readonly T[]): Placed<T>[] {
  if (!read) return []
  return entries.map((entry, nth) => ({ entry, at: (path, words) => read.file.at([list, nth, ...path], words) }))
}

/** Reads the files of the packs' folder one by one and gathers what is wrong with any of them. */
export class PackFolder {
  readonly problems: string[] = []
  readonly root: string
  readonly #known = new Set<string>()

  constructor(root: string) {
    this.root = root
  }

  /** A file the pack must have. */
  async read<S extends z.ZodType>(path: string, schema: S): Promise<Read<z.output<S>> | undefined> {
    const text = await this.#text(path)
    if (text !== undefined) return this.#checked(path, text, schema)
    this.problems.push(`数据包缺少文件 ${path}，请补上；各文件的写法见 docs/packs.md`)
    return undefined
  }

  /** A file that a pack may do without. */
  async optional<S extends z.ZodType>(path: string, schema: S): Promise<Read<z.output<S>> | undefined> {
    const text = await this.#text(path)
    return text === undefined ? undefined : this.#checked(path, text, schema)
  }

  /** Every YAML file of a folder, by name; a folder that is not there has none. */
  async every<S extends z.ZodType>(folder: string, schema: S): Promise<Read<z.output<S>>[]> {
    const names = await readdir(join(this.root, folder)).catch(() => [])
    const files: Read<z.output<S>>[] = []
    for (const name of names.filter((entry) => entry.endsWith('.yaml')).sort()) {
      const read = await this.read(join(folder, name), schema)
      if (read) files.push(read)
    }
    return files
  }

  /** Files under a folder that nobody has read: misspelled or in the wrong place, and silently without effect. */
  async refuseUnread(folder: string): Promise<void> {
    const entries = await readdir(join(this.root, folder), { recursive: true, withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name).slice(this.root.length + 1)
      if (!entry.isFile() || entry.name.startsWith('.') || entry.name.endsWith('.md') || this.#known.has(path)) continue
      this.problems.push(
        `数据包文件 ${path} 不会被读取：文件名或所在的文件夹不对，请改正或删去；数据包里有哪些文件见 docs/packs.md`,
      )
    }
  }

  async #text(path: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.root, path), 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return
      throw error
    }
  }

  #checked<S extends z.ZodType>(path: string, text: string, schema: S): Read<z.output<S>> | undefined {
    this.#known.add(path)
    const file = new PackFile(path, text)
    const checked = file.check(schema)
    if ('value' in checked) return { value: checked.value, file }
    this.problems.push(...checked.problems)
    return undefined
  }
}
