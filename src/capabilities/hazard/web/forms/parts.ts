import type { AttachmentPurpose } from '#kernel/attachment.ts'
import type { Day } from '#kernel/time.ts'
import type { FieldSpec } from '#shell/form/types.ts'
import type { Option } from '#shell/table/types.ts'
import { addReport, channels, type HazardView } from '../../model/index.ts'

export interface PlanFacts {
  readonly hazard: HazardView
  readonly today: Day
  readonly bodies: readonly Option[]
  /** The account speaks for a unit: what it finds is its own check. */
  readonly byUnit: boolean
  /** Name of whoever fills it in, so that nobody types their own. */
  readonly me: string
  readonly principal: boolean
}

/** What is known of a finding while it is being typed. */
export interface Finding {
  readonly unitId: string | null
  readonly unitSectors: readonly string[] | undefined
  readonly area: string | null
  readonly sector: string | undefined
  readonly description: string
  readonly foundOn: string | undefined
  readonly channel: string | null
  readonly source: string | null
  readonly major: boolean
}

export const files = (
  purposes: readonly [AttachmentPurpose, ...AttachmentPurpose[]],
  label: string,
  required = false,
): FieldSpec => ({
  kind: 'attachments',
  name: 'attachments',
  label,
  purposes,
  required,
})
export const words = (name: string, label: string, help?: string, phrases?: readonly string[]): FieldSpec => ({
  kind: 'area',
  name,
  label,
  required: true,
  max: 500,
  ...(help ? { help } : {}),
  ...(phrases ? { phrases } : {}),
})
/** An opinion of an office, mostly one of a few sentences. */
export const opinion = (name: string, label: string, ...phrases: readonly string[]): FieldSpec =>
  words(name, label, undefined, phrases)
export const paper: FieldSpec = files(['order', 'other'], '文书材料')

export const channelField: FieldSpec = {
  kind: 'radio',
  name: 'channel',
  label: '发现渠道',
  required: true,
  options: Object.entries(channels).map(([value, label]) => ({ value, label })),
}

/** What another finding of a hazard already known says. */
export const reportFields = (today: Day, byUnit: boolean): FieldSpec[] => [
  ...(byUnit ? [] : [channelField]),
  { kind: 'day', name: 'foundOn', label: '发现日期', required: true, max: today },
  { kind: 'area', name: 'description', label: '发现的情况', required: true, max: 2000 },
  { kind: 'text', name: 'source', label: '来源说明', max: 200, placeholder: '例如：专项检查、12350举报编号' },
  files(['before', 'other'], '现场照片'),
]

/** Adding what is being typed to a hazard that is already known. */
export function joinPlan({ description, foundOn, channel, source }: Finding, today: Day, byUnit: boolean) {
  return {
    contract: addReport,
    fields: reportFields(today, byUnit),
    initial: { description, foundOn, channel: channel ?? 'inspection', ...(source ? { source } : {}) },
    fixed: byUnit ? { channel: 'selfCheck' } : {},
  }
}
