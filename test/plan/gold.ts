import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Paragraph } from '#kernel/document/lines.ts'
import { readDocument } from '#platform/documents/read.ts'

/** A date a plan says, resolved by hand; `words` are found in the text. `optional`: a reader may or may not take it for one. */
export interface GoldDate {
  readonly words: string
  readonly from?: string | null
  readonly to?: string | null
  readonly rule?: string
  readonly optional?: boolean
}

export interface GoldFrequency {
  readonly words: string
  readonly period: string
  /** 1 when left out. */
  readonly every?: number
  readonly least?: number
  readonly unit?: string
  readonly only?: string
  readonly optional?: boolean
}

export interface GoldWho {
  /** Words of the clause's heading, or of the table's row. */
  readonly task: string
  readonly lead?: readonly string[]
  readonly responsible?: readonly string[]
  readonly assisting?: readonly string[]
}

/** What a person reads out of a plan of `fixtures`. */
export interface Gold {
  readonly name: string
  /** What the reader is given: a text, or the paragraphs of a Word file. */
  readonly source: string | readonly Paragraph[]
  readonly text: string
  readonly letter?: { readonly number?: string; readonly date?: string; readonly annexes?: number }
  readonly counts: {
    readonly actions: number
    readonly measures: number
    readonly stages: number
    readonly safeguards: number
  }
  readonly perAction?: readonly number[]
  readonly stages: readonly (readonly [string | null, string | null])[]
  readonly dates: readonly GoldDate[]
  readonly frequencies: readonly GoldFrequency[]
  readonly who: readonly GoldWho[]
}

const folder = new URL('./fixtures/', import.meta.url)

/**
 * F1 of each plan that was written after the reader was, at its first reading: what unseen documents can expect. What it
 * showed was put right afterwards, so that all of them are read as annotated by now. `outline`: exact at first reading.
 */
export const firstReadings: Readonly<
  Record<string, { dates: number; frequencies: number; who: number; outline: boolean }>
> = {
  dongling: { dates: 1, frequencies: 0.971, who: 0.906, outline: false },
  qinglan: { dates: 0.919, frequencies: 1, who: 1, outline: true },
  quhe: { dates: 1, frequencies: 0.9, who: 0.952, outline: false },
  songquan: { dates: 0.976, frequencies: 1, who: 1, outline: true },
  yuping: { dates: 1, frequencies: 1, who: 0.85, outline: true },
  chiling: { dates: 0.985, frequencies: 0.9, who: 1, outline: true },
  heyin: { dates: 1, frequencies: 0.929, who: 1, outline: true },
  tuoshan: { dates: 1, frequencies: 1, who: 1, outline: true },
  jiangyue: { dates: 1, frequencies: 1, who: 1, outline: false },
  lingpu: { dates: 1, frequencies: 1, who: 0.941, outline: true },
  shibei: { dates: 0.978, frequencies: 1, who: 1, outline: true },
  dashi: { dates: 0.857, frequencies: 1, who: 1, outline: false },
  xinhe: { dates: 1, frequencies: 0.87, who: 0.286, outline: false },
  fengtai: { dates: 0.966, frequencies: 1, who: 0, outline: true },
  qishan: { dates: 0.824, frequencies: 0.933, who: 0.387, outline: false },
  tonggu: { dates: 0.583, frequencies: 0.875, who: 1, outline: false },
  jinhua: { dates: 0.968, frequencies: 0.909, who: 0.947, outline: true },
  lankou: { dates: 1, frequencies: 0.875, who: 0.471, outline: false },
  songhe: { dates: 0.979, frequencies: 1, who: 0.556, outline: true },
  mingchuan: { dates: 1, frequencies: 1, who: 0.133, outline: true },
  shiqiao: { dates: 1, frequencies: 1, who: 1, outline: true },
  gangnan: { dates: 0.884, frequencies: 1, who: 0.615, outline: true },
  dongzhou: { dates: 1, frequencies: 0.857, who: 1, outline: true },
  luyang: { dates: 0.938, frequencies: 1, who: 0.923, outline: true },
  chenghu: { dates: 0.923, frequencies: 1, who: 0.643, outline: false },
  fuxi: { dates: 0.875, frequencies: 1, who: 1, outline: false },
  quyang: { dates: 1, frequencies: 0.714, who: 1, outline: true },
  tongli: { dates: 0.95, frequencies: 1, who: 0.973, outline: true },
  anfeng: { dates: 1, frequencies: 0.963, who: 0, outline: true },
  qingxi: { dates: 0.917, frequencies: 0.97, who: 0.656, outline: false },
  yuanshui: { dates: 1, frequencies: 1, who: 1, outline: false },
  yungang: { dates: 1, frequencies: 1, who: 1, outline: true },
  baisha: { dates: 1, frequencies: 0.824, who: 1, outline: false },
  wanli: { dates: 1, frequencies: 1, who: 1, outline: false },
  hongshan: { dates: 0.952, frequencies: 1, who: 0.917, outline: true },
  jinling: { dates: 0.839, frequencies: 0.952, who: 0, outline: true },
  linjiang: { dates: 1, frequencies: 1, who: 1, outline: true },
  yongquan: { dates: 1, frequencies: 0.966, who: 1, outline: true },
  beichen: { dates: 0.87, frequencies: 1, who: 1, outline: false },
  yunwu: { dates: 1, frequencies: 1, who: 1, outline: true },
  tanhe: { dates: 0.867, frequencies: 1, who: 1, outline: true },
  luohe: { dates: 0.833, frequencies: 1, who: 1, outline: false },
  pinggang: { dates: 1, frequencies: 0.952, who: 1, outline: true },
  shuangta: { dates: 1, frequencies: 0.914, who: 1, outline: false },
  nanping: { dates: 1, frequencies: 1, who: 1, outline: true },
  luxi: { dates: 1, frequencies: 1, who: 1, outline: false },
  qingshi: { dates: 0.741, frequencies: 0.9, who: 1, outline: false },
  huaishu: { dates: 0.533, frequencies: 1, who: 1, outline: true },
  wuxing: { dates: 1, frequencies: 0.9, who: 0.96, outline: false },
  baihe: { dates: 1, frequencies: 1, who: 1, outline: true },
  jiulong: { dates: 0.9, frequencies: 0.933, who: 1, outline: false },
}

const kinds = ['txt', 'docx', 'pdf']

/** All plans of `fixtures`, each opened as its file is: .txt, .docx, .pdf. */
export function goldPlans(): Promise<Gold[]> {
  const files = new Set(readdirSync(folder))
  const golds = [...files].filter((file) => file.endsWith('.gold.yaml')).sort()
  return Promise.all(
    golds.map(async (file) => {
      const name = file.replace('.gold.yaml', '')
      const gold = parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<Gold, 'name' | 'text' | 'source'>
      const own = kinds.map((kind) => `${name}.${kind}`).find((one) => files.has(one))
      if (own === undefined) throw new Error(`no document for ${file}`)
      const source = await readDocument(fileURLToPath(new URL(own, folder)))
      const text = typeof source === 'string' ? source : source.map((one) => one.text).join('\n')
      return { ...gold, name, source, text }
    }),
  )
}
