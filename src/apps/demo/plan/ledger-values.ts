import type { Field, Ledger } from '#capabilities/ledger/model/index.ts'
import { addDays, type Day, monthOf } from '#kernel/time.ts'
import { personName } from '../cast.ts'
import type { Random } from '../random.ts'
import type { DemoUnit } from '../units.ts'
import { nameFor } from './ledger-names.ts'

/** What a made-up value may draw on. */
export interface Making {
  readonly random: Random
  readonly serial: number
  readonly area: string
  /** The day the item is listed; days of its past lie before it. */
  readonly listedOn: Day
  readonly units: readonly DemoUnit[]
}

const texts: Readonly<Record<string, readonly string[]>> = {
  post: ['主要负责人', '总经理', '矿长', '消防安全责任人'],
  course: ['主要负责人专题班（演示）', '重大事故隐患判定标准班（演示）'],
  builder: ['县建筑工程公司（演示）', '市路桥公司（演示）'],
  address: ['人民路沿线（演示）', '集镇老街（演示）', '工业园区内（演示）'],
  site: ['县应急物资库（演示）', '镇消防站（演示）', '住宅小区3栋（演示）'],
  chemicals: ['乙炔、氧气', '盐酸、液碱', '乙醇'],
  standard: ['工贸企业重大事故隐患判定标准', '金属非金属矿山重大事故隐患判定标准', '重大火灾隐患判定规则'],
  document: ['青安办〔2026〕12号（演示）', '青安办〔2026〕15号（演示）', '青应急〔2026〕8号（演示）'],
  receiver: ['市应急管理局（演示）', '市人大法工委（演示）', '省市场监管局（演示）'],
  unitName: ['省安全科学研究院（演示）', '市化工协会（演示）'],
}
const longTexts = ['按方案逐项落实（演示）', '现场核查情况正常（演示）', '已列入年度计划，分步实施（演示）']

/** A field with a pattern gives an example in its help; another one is made by counting its digits up. */
function byExample(help: string | undefined, serial: number): string {
  const example = /如 (\S+)/.exec(help ?? '')?.[1] ?? ''
  return example.replace(/\d+$/, (digits) =>
    String((Number(digits) + serial * 7) % 10 ** digits.length).padStart(digits.length, '0'),
  )
}

function numberFor(
  { id, min = 0, max }: { readonly id: string; readonly min?: number | undefined; readonly max?: number | undefined },
  random: Random,
) {
  if (id === 'year') return 2025
  // What is a part of another number of the item must not be more than it.
  if (['needed', 'faces', 'items', 'before', 'opinions'].includes(id)) return random.int(12, 30)
  if (['built', 'machined', 'kept', 'remaining', 'count', 'adopted'].includes(id)) return random.int(4, 12)
  if (id === 'deaths' || id === 'injuries') return random.int(0, 1)
  const low = Math.max(min, 1)
  return random.int(low, Math.min(max ?? low + 60, low + 60))
}

/** A plausible value of a field, marked as made up wherever it could be taken for real. */
export function valueFor(field: Field, making: Making): unknown {
  const { random, serial, listedOn } = making
  switch (field.type) {
    case 'text': {
      if (field.pattern) return byExample(field.help, serial)
      const known = texts[field.id]
      return (known ? random.pick(known) : `${field.title.slice(0, 8)}-${String(serial).padStart(3, '0')}`).slice(
        0,
        field.max ?? 100,
      )
    }
    case 'longText':
      return random.pick(longTexts)
    case 'integer':
      return numberFor(field, random)
    case 'decimal':
      return Math.round(numberFor(field, random) * 10) / 10
    case 'money':
      return random.int(3, 400) * 10_000
    case 'day':
      return dayFor(field, making)
    case 'month':
      return monthOf(listedOn)
    case 'yesNo':
      return random.chance(0.6)
    case 'choice':
      return random.pick(Object.keys(field.options))
    case 'choices':
      return [random.pick(Object.keys(field.options))]
    case 'area':
      return making.area
    case 'person':
      return { name: personName(1300 + serial), phone: `139${String(30_000_000 + serial * 131).slice(-8)}` }
    case 'phone':
      return `138${String(40_000_000 + serial * 173).slice(-8)}`
    case 'unit':
      return making.units[serial % Math.max(1, making.units.length)]?.id
    default:
      return undefined
  }
}

/** Things were made long ago, hold for some years, and are planned to be done within the three years of the plan. */
function dayFor(field: Extract<Field, { type: 'day' }>, { random, listedOn }: Making): Day | undefined {
  if (/^(madeOn|builtOn|registeredOn)$/.test(field.id)) return addDays(listedOn, -random.int(1500, 8000))
  if (/(Until|validUntil)$/.test(field.id)) return addDays(listedOn, random.int(400, 1400))
  if (field.id === 'plannedOn') return addDays(listedOn, random.int(180, 900))
  if (field.id === 'issuedOn') return addDays(listedOn, -random.int(30, 400))
  return field.past ? addDays(listedOn, -random.int(1, 30)) : addDays(listedOn, random.int(30, 300))
}

/** What a step of the lifecycle fills in later is left open when the item is entered. */
export const isLater = (ledger: Ledger, field: Field): boolean =>
  ledger.moves.some((move) => move.needs?.includes(field.id) || move.asks?.includes(field.id))

/** What a thing of a ledger is called: 木镇尾矿库2号（演示）. */
export function titleFor({ id, name }: Ledger, town: string, serial: number): string {
  const own = nameFor(id, serial)
  if (own !== undefined) return own
  if (/姓名|户主/.test(name)) return `${personName(1500 + serial)}（演示）`
  const noun = name.replace(/(名称|编号|号码|标题)$/, '') || name
  return `${town.replace(/[镇乡]$/, '')}${noun}${serial % 100}号（演示）`
}
