import type { ReactNode } from 'react'
import { valueAt } from '../form/paths.ts'
import type { FieldSpec, FormValues } from '../form/types.ts'
import { Control } from './controls.tsx'
import { Icon } from './icons.tsx'
import { fieldId } from './use-form.ts'

interface FieldProps {
  /** Which form it stands in: two may be open at once, one over the other. */
  readonly form: string
  readonly field: FieldSpec
  /** Full path of the field, rows of lists included. */
  readonly name: string
  readonly values: FormValues
  readonly errors: ReadonlyMap<string, readonly string[]>
  onChange(path: string, value: unknown): void
  onPending(count: number): void
}

/** Kinds whose control is a group of several; a label can belong to one control only. */
const groups = new Set<FieldSpec['kind']>(['radio', 'multi', 'attachments', 'position', 'custom'])

/** One field with its label, help and place for the server's word about it. */
export function FormField(props: FieldProps): ReactNode {
  const { form, field, name, values, errors, onChange, onPending } = props
  if (field.kind === 'list') return <ListField {...props} field={field} />
  const id = fieldId(form, name)
  const wrong = errors.get(name) ?? []
  const control = (
    <Control
      field={field}
      id={id}
      value={valueAt(values, name)}
      wrong={wrong.length > 0}
      onChange={(value) => onChange(name, value)}
      onPending={onPending}
    />
  )
  const mark = field.required ? 'p-label p-required' : 'p-label'
  const notes = (
    <>
      {wrong.length > 0 && (
        <div className="p-field-error" id={`${id}-error`} role="alert">
          {wrong.join('；')}
        </div>
      )}
      {field.help && <div className="p-hint">{field.help}</div>}
    </>
  )
  if (groups.has(field.kind)) {
    return (
      <fieldset className="p-field">
        <legend className={mark} id={`${id}-label`}>
          {field.label}
        </legend>
        {control}
        {notes}
      </fieldset>
    )
  }
  return (
    <div className="p-field">
      <label className={mark} htmlFor={id}>
        {field.label}
      </label>
      {control}
      {notes}
    </div>
  )
}

type ListProps = FieldProps & { readonly field: Extract<FieldSpec, { kind: 'list' }> }

function ListField({ form, field, name, values, errors, onChange, onPending }: ListProps): ReactNode {
  const held = valueAt(values, name)
  const rows: readonly unknown[] = Array.isArray(held) ? held : []
  return (
    <fieldset className="p-field">
      <legend className={field.required ? 'p-label p-required' : 'p-label'} id={`${fieldId(form, name)}-label`}>
        {field.label}
      </legend>
      {rows.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own and hold no state
        <div className="p-row" key={at}>
          {field.fields.map((inner) => (
            <FormField
              key={inner.name}
              form={form}
              field={inner}
              name={`${name}.${at}.${inner.name}`}
              values={values}
              errors={errors}
              onChange={onChange}
              onPending={onPending}
            />
          ))}
          <button
            type="button"
            className="p-link"
            onClick={() =>
              onChange(
                name,
                rows.filter((_row, other) => other !== at),
              )
            }
          >
            删除第{at + 1}条
          </button>
        </div>
      ))}
      <button type="button" className="p-button" onClick={() => onChange(name, [...rows, { ...field.newRow }])}>
        <Icon name="add" size={18} /> {field.addLabel}
      </button>
      {field.help && <div className="p-hint">{field.help}</div>}
    </fieldset>
  )
}
