import { type ComponentType, createElement } from 'react'
import type { Day } from '#kernel/time.ts'
import type { CustomControl, FieldSpec, FormValues } from '#shell/form/types.ts'
import { askedOf, type Control, type Field, faceOf, isNamed, isShown, type Ledger } from '../model/index.ts'
import { MonthInput, PersonInput, UnitInput } from './inputs.tsx'
import type { CodeOptions } from './options.ts'

type Base = Pick<FieldSpec, 'name' | 'label' | 'required' | 'help' | 'section' | 'visible'>

const custom = (base: Base, input: ComponentType<CustomControl>): FieldSpec => ({
  ...base,
  kind: 'custom',
  render: (control) => createElement(input, control),
})
const customs = { unit: UnitInput, month: MonthInput, person: PersonInput } as const

/** The input a type's face names, as the forms of the product draw it. */
function specOf(base: Base, control: Control, codes: CodeOptions, today: Day): FieldSpec {
  switch (control.kind) {
    case 'text':
    case 'area':
      return { ...base, kind: control.kind, max: control.max }
    case 'number': {
      const { min, max, unit } = control
      return {
        ...base,
        kind: 'number',
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        ...(unit ? { unit } : {}),
      }
    }
    case 'money':
    case 'position':
      return { ...base, kind: control.kind }
    case 'day':
      return { ...base, kind: 'day', ...(control.past ? { max: today } : {}) }
    case 'radio':
    case 'select':
    case 'multi':
      return { ...base, kind: control.kind, options: control.options }
    case 'code':
      return { ...base, kind: 'select', options: codes[control.codes] }
    case 'attachments':
      return { ...base, kind: 'attachments', max: control.max, purposes: ['other'] }
    default:
      return custom(base, customs[control.kind])
  }
}

interface Drawn {
  readonly ledger: Ledger
  readonly codes: CodeOptions
  readonly today: Day
  /** What stands in fields that this form does not show. */
  readonly others?: Readonly<Record<string, unknown>>
}

/** Fields of a ledger as a form shows them, each under its place in the action's input. */
export function specsOf(
  fields: readonly Field[],
  { ledger, codes, today, others = {} }: Drawn,
  needed: readonly string[] = [],
): FieldSpec[] {
  const askedFor = (values: FormValues) => {
    const typed = typeof values.fields === 'object' && values.fields !== null ? values.fields : {}
    const told = {
      state: ledger.start,
      title: '',
      area: '',
      sector: null,
      listedOn: today,
      fields: { ...others, ...typed },
    }
    return askedOf(told, today)
  }
  return fields.map((field) => {
    // What is required whenever it is shown needs no other mark than the one it has when it is seen.
    const always = field.required === true || needed.includes(field.id) || field.requiredWhen !== undefined
    const base: Base = {
      name: `fields.${field.id}`,
      label: field.title,
      required: always && (field.requiredWhen === undefined || field.shownWhen !== undefined),
      ...(field.help ? { help: field.help } : {}),
      ...(field.section ? { section: field.section } : {}),
      ...(field.shownWhen ? { visible: (values: FormValues) => isShown(field, askedFor(values)) } : {}),
    }
    return specOf(base, faceOf(field).control(field), codes, today)
  })
}

/** Where an item lies and whose it is, as far as the ledger leaves it to be said. */
export function placeSpecs({ ledger, codes }: Drawn): FieldSpec[] {
  const { subject, sectors, body } = ledger
  const ofUnit = subject === 'unit'
  const named = isNamed(ledger)
  const sectorOptions = codes.sector.filter(({ value }) => !sectors || sectors.includes(value))
  return [
    ...(ofUnit ? [custom({ name: 'unitId', label: '单位', required: true }, UnitInput)] : []),
    ...(ofUnit && ledger.name === '单位名称'
      ? []
      : [
          {
            kind: 'text' as const,
            name: 'title',
            label: ledger.name,
            max: 100,
            required: named,
            ...(named ? {} : { help: '不填写时用所选对象的名称' }),
          },
        ]),
    {
      kind: 'select',
      name: 'area',
      label: '所在乡镇或村',
      required: !ofUnit && subject !== 'body',
      options: codes.area,
      ...(ofUnit ? { help: '不填写时为单位所在地' } : {}),
    },
    ...(subject === 'own' ? [custom({ name: 'unitId', label: '所属单位' }, UnitInput)] : []),
    ...(body
      ? []
      : [
          {
            kind: 'select' as const,
            name: 'bodyId',
            label: '责任部门',
            required: subject === 'body',
            options: codes.body,
            ...(subject === 'body' ? {} : { help: '不填写时按责任分工确定' }),
          },
        ]),
    ...((sectors?.length ?? 2) > 1
      ? [{ kind: 'select' as const, name: 'sector', label: '行业领域', options: sectorOptions }]
      : []),
  ]
}
