import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { z } from 'zod'
import { type CriteriaWord, CriteriaWordsFile, type Standard, standardOf } from '#capabilities/criteria/model/index.ts'
import { CriteriaStandard } from '#capabilities/criteria/model/pack.ts'
import {
  HolidaysFile,
  type PackArea,
  type PackBody,
  type PackHolidayYear,
  PackManifest,
  type PackMatrixEntry,
  type PackMatrixGap,
  type PackParameter,
  type PackSector,
  packFiles,
} from '#capabilities/directory/model/pack.ts'

/** A plan's pack with the national data it stands on, as read from disk and checked. */
export interface Pack {
  readonly manifest: PackManifest
  readonly areas: readonly PackArea[]
  readonly bodies: readonly PackBody[]
  readonly sectors: readonly PackSector[]
  readonly matrix: readonly PackMatrixEntry[]
  readonly gaps: readonly PackMatrixGap[]
  readonly parameters: readonly PackParameter[]
  readonly holidays: readonly PackHolidayYear[]
  readonly standards: readonly Standard[]
  readonly words: readonly CriteriaWord[]
}

/** A pack that cannot be loaded; the message names the file and the place in it, in Chinese. */
export class PackError extends Error {
  override readonly name = 'PackError'
}

async function readYaml<S extends z.ZodType>(file: string, schema: S): Promise<z.output<S>> {
  let value: unknown
  try {
    value = parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new PackError(`数据包文件 ${file} 无法读取：${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}：${issue.message}`)
  throw new PackError(`数据包文件 ${file} 的内容有误：${issues.join('；')}`)
}

async function readStandards(folder: string): Promise<Standard[]> {
  const names = await readdir(folder).catch(() => [])
  const standards: Standard[] = []
  for (const name of names.filter((entry) => entry.endsWith('.yaml')).sort()) {
    const file = await readYaml(join(folder, name), CriteriaStandard)
    standards.push(standardOf(file))
  }
  return standards
}

/** Reads and checks a pack and the `_national` data beside it. Throws PackError. */
export async function readPack(folder: string): Promise<Pack> {
  const national = join(folder, '..', '_national')
  const { matrix, gaps } = await readYaml(join(folder, 'matrix.yaml'), packFiles['matrix.yaml'])
  return {
    manifest: await readYaml(join(folder, 'pack.yaml'), PackManifest),
    areas: (await readYaml(join(folder, 'areas.yaml'), packFiles['areas.yaml'])).areas,
    bodies: (await readYaml(join(folder, 'bodies.yaml'), packFiles['bodies.yaml'])).bodies,
    sectors: (await readYaml(join(folder, 'sectors.yaml'), packFiles['sectors.yaml'])).sectors,
    matrix,
    gaps,
    parameters: (await readYaml(join(folder, 'parameters.yaml'), packFiles['parameters.yaml'])).parameters,
    holidays: (await readYaml(join(national, 'holidays.yaml'), HolidaysFile)).years,
    standards: [
      ...(await readStandards(join(national, 'criteria'))),
      ...(await readStandards(join(folder, 'criteria'))),
    ],
    words: (await readYaml(join(national, 'criteria-words.yaml'), CriteriaWordsFile)).words,
  }
}
