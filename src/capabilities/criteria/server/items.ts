import { refuse } from '#kernel/errors.ts'
import { tableFile } from '#platform/excel/download.ts'
import { answer, download, type RegisteredDownload, type RegisteredQuery } from '#platform/module/module.ts'
import {
  type Confidence,
  criteriaErrors,
  downloadItemSheet,
  type FileProblem,
  type ItemMapping,
  itemColumnIds,
  itemColumns,
  itemDifference,
  previewStandard,
  proposeItemColumns,
  type ReadItem,
  readItemRows,
  type Standard,
  type StandardItem,
  type UploadedStandard,
} from '../model/index.ts'
import type { CriteriaShelf } from './library.ts'

export interface ItemParts {
  readonly shelf: CriteriaShelf
  /** Reads an upload of this account; undefined when there is none or it holds nothing. */
  readonly readFile: (uploadId: string, accountId: string) => Promise<UploadedStandard | undefined>
}

interface Asked {
  readonly uploadId: string
  readonly accountId: string
  readonly mapping?: ItemMapping | undefined
}

interface ItemsRead {
  readonly name: string
  readonly header: readonly string[]
  readonly mapping: ItemMapping
  readonly standard: Standard | null
  readonly items: readonly ReadItem[]
  readonly problems: readonly FileProblem[]
}

/** What a file says; items without a word on how sure they are take `confidence`. */
async function readItems({ readFile }: ItemParts, asked: Asked, confidence: Confidence): Promise<ItemsRead> {
  const file = (await readFile(asked.uploadId, asked.accountId)) ?? refuse(criteriaErrors.importUnreadable)
  const { name } = file
  if (file.kind === 'file') {
    const { standard, items } = file
    return { name, header: [], mapping: {}, standard, items, problems: [...file.problems, ...ofRows(items)] }
  }
  const mapping = asked.mapping ?? proposeItemColumns(file.header)
  if (mapping.no === undefined || mapping.text === undefined) refuse(criteriaErrors.importUnreadable)
  const items = readItemRows(file.rows, mapping, confidence)
  return { name, header: file.header, mapping, standard: null, items, problems: ofRows(items) }
}

const ofRows = (items: readonly ReadItem[]): FileProblem[] =>
  items.flatMap(({ row, problems }) => problems.map((problem) => ({ row, ...problem })))

/** The items of a file for a standard of this code; a file with anything wrong in it brings in nothing. */
export async function itemsFrom(
  parts: ItemParts,
  asked: Asked,
  confidence: Confidence,
  code: string,
): Promise<StandardItem[]> {
  const { items, problems } = await readItems(parts, asked, confidence)
  const [first] = problems
  if (first) {
    refuse(criteriaErrors.importFaulty, {
      detail: `条文文件中有${problems.length}处还有问题，如第${first.row}行“${first.column}”：${first.message}，请改好后重新上传`,
    })
  }
  if (items.length === 0) refuse(criteriaErrors.importUnreadable)
  return items.map(({ item }, at) => ({ ...item, id: `${code}-${at + 1}` }))
}

export const standardPreview = (parts: ItemParts): RegisteredQuery =>
  answer(previewStandard, async (context, { uploadId, mapping: chosen, against }) => {
    const asked = { uploadId, accountId: context.actor.accountId, mapping: chosen }
    const { name, header, mapping, standard, items, problems } = await readItems(parts, asked, 'high')
    const { standards } = await parts.shelf.current(context.db)
    const before = against.flatMap((code) => {
      const known = standards.find((one) => one.id === code) ?? refuse(criteriaErrors.standardUnknown)
      return known.items.filter((item) => !item.withdrawn)
    })
    const whole = items.filter((item) => item.problems.length === 0).map(({ item }) => item)
    const { added, changed, dropped, same } = itemDifference(before, whole)
    return {
      name,
      header: [...header],
      mapping,
      facts: standard && factsOf(standard),
      total: items.length,
      problems: [...problems],
      difference: {
        added: added.map(shown),
        changed: changed.map((one) => ({ before: shown(one.before), after: shown(one.after) })),
        dropped: dropped.map(shown),
        same,
      },
    }
  })

const shown = ({ group, no, text, catchAll }: Omit<StandardItem, 'id'>) => ({ group, no, text, catchAll })

function factsOf(standard: Standard) {
  const { title, issuer, documentNo, effectiveFrom, sectors, crossCutting, source, confidence, verified } = standard
  const words = { appliesTo: standard.appliesTo ?? '', note: standard.note ?? '' }
  return {
    title,
    issuer,
    documentNo,
    effectiveFrom,
    sectors: [...sectors],
    crossCutting,
    source,
    confidence,
    verified,
    ...words,
  }
}

const sureWords = { high: '高', medium: '中', low: '低' } as const
const examples: readonly (readonly string[])[] = [
  ['第一章的名称', '一（一）', '一条写一种情形，照抄公布的条文', '否', '否', '高'],
  ['', '一（二）', '同一章的可以只在第一行写章节', '', '', ''],
]
const howTo: readonly (readonly [string, string])[] = [
  ['章节或对象', '同一章的可以只在第一行写，下面的行空着'],
  ['条号', '照公布的文本写，如 三（一）、5.2.1；一部标准内不能重复'],
  ['条文', '一行写一种情形，照抄公布的条文，最多1000字'],
  ['兜底条款', '“其他……”一类、不能单独作为依据的条文填“是”，其余填“否”或空着'],
  ['其他行业可借用', '有限空间、承包承租等其他行业没有相应条文的，可填“是”；按它判定须写明理由'],
  ['可信度', '高、中、低；空着的与整部标准相同，中和低的显示“未核实”'],
]

/** The sheet items are entered in: empty with two rows that show how, or with the items of a standard to work on. */
export const itemSheet = ({ shelf }: ItemParts): RegisteredDownload =>
  download(downloadItemSheet, async (context, { code }) => {
    const { standards } = await shelf.current(context.db)
    const standard = code === undefined ? undefined : standards.find((one) => one.id === code)
    const items = standard?.items.filter((item) => !item.withdrawn) ?? []
    return tableFile(
      { demo: false, now: context.now },
      {
        name: standard ? `条文表-${standard.title}` : '判定标准条文表模板',
        title: '条文',
        columns: itemColumnIds.map((id) => ({ title: itemColumns[id].title, width: itemColumns[id].width })),
        rows: items.length > 0 ? items.map(cellsOf) : examples,
        extra: [
          {
            title: '填写说明',
            columns: [
              { title: '列', width: 18 },
              { title: '怎样填', width: 80 },
            ],
            rows: howTo,
          },
        ],
      },
    )
  })

const cellsOf = (item: StandardItem): string[] => [
  item.group ?? '',
  item.no,
  item.text,
  item.catchAll ? '是' : '否',
  item.borrowed ? '是' : '否',
  sureWords[item.confidence],
]
