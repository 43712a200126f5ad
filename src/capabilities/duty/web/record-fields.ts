import type { FieldSpec, FormValues } from '#shell/form/types.ts'
import type { FormView, ItemView } from '../model/index.ts'

/** How several days are picked: a control of the desk; a phone's forms ask for one day. */
export type DaysField = (label: string, min: string, max: string) => FieldSpec

/** What the form of a deed asks, for the desk and the phone alike; nearly all of it is filled in already. */
export function deedFields(
  form: FormView,
  item: Pick<ItemView, 'startOn'>,
  today: string,
  days?: DaysField,
): FieldSpec[] {
  const several = form.several && days
  const day: FieldSpec = { kind: 'day', name: 'days.0', label: '日期', required: true, min: item.startOn, max: today }
  return [
    form.files > 0
      ? {
          kind: 'attachments',
          name: 'attachments',
          label: `照片或材料（至少${form.files}个）`,
          purposes: ['other'],
          max: 20,
          required: true,
        }
      : { kind: 'attachments', name: 'attachments', label: '照片或材料', purposes: ['other'], max: 20 },
    several ? several('日期（可选几天）', item.startOn, today) : day,
    { kind: 'text', name: 'people', label: form.people, max: 200, required: true },
    ...(form.amount
      ? [
          {
            kind: 'number' as const,
            name: 'amount',
            label: form.amount.label,
            unit: form.amount.unit,
            min: 0,
            required: true,
          },
        ]
      : []),
    { kind: 'area', name: 'note', label: form.note, max: 2000, rows: 3 },
  ]
}

/** A deed recorded after the end of its turn makes up for it, or it would count for the next one. */
export function deedStart(
  item: Pick<ItemView, 'endOn'>,
  today: string,
  who: string,
): { initial: FormValues; fixed: FormValues } {
  return { initial: { days: [today], people: who }, fixed: { makeUp: today > item.endOn } }
}
