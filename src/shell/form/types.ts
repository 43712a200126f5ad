import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { AttachmentPurpose } from '#kernel/attachment.ts'
import type { ActionContract, ActionResult } from '#kernel/contract.ts'

export interface FieldOption {
  readonly value: string | number | boolean
  readonly label: string
  /** A second line below the label, for radio fields. */
  readonly help?: string
}

export interface CustomControl {
  readonly id?: string
  readonly value?: unknown
  onChange?(value: unknown): void
}

/** The values of a form as they are being typed, nested as the contract's input. */
export type FormValues = Readonly<Record<string, unknown>>

interface FieldBase {
  /** Dotted path in the contract's input, such as `judgement.level`; errors come back under it. */
  readonly name: string
  readonly label: string
  /** Marks the label; what is really required the contract says. */
  readonly required?: boolean
  /** One line below the control: where to find the value, which clause asks for it. */
  readonly help?: ReactNode
  readonly placeholder?: string
  /** Fields of one section stand together below its name; a section starts with its first field that is shown. */
  readonly section?: string
  /** Asked anew on every change; a hidden field is not sent. */
  visible?(values: FormValues): boolean
}

export type FieldSpec =
  | (FieldBase & {
      readonly kind: 'text' | 'area'
      readonly max?: number
      readonly rows?: number
      /** What is written here most often: one touch instead of typing. Never for evidence, which nobody can know before. */
      readonly phrases?: readonly string[]
    })
  | (FieldBase & { readonly kind: 'number'; readonly min?: number; readonly max?: number; readonly unit?: string })
  /** Typed in 万元, held and sent in 元. */
  | (FieldBase & { readonly kind: 'money' })
  /** Held and sent as YYYY-MM-DD; `min` and `max` are days. */
  | (FieldBase & { readonly kind: 'day'; readonly min?: string; readonly max?: string })
  | (FieldBase & { readonly kind: 'select' | 'multi' | 'radio'; readonly options: readonly FieldOption[] })
  /** Free words, one tag each, such as names of reviewers. */
  | (FieldBase & { readonly kind: 'words' })
  | (FieldBase & { readonly kind: 'switch' })
  /** Where the device is, as `{ lng, lat }`; asked only when somebody wants it. */
  | (FieldBase & { readonly kind: 'position' })
  | (FieldBase & {
      readonly kind: 'attachments'
      readonly purposes?: readonly [AttachmentPurpose, ...AttachmentPurpose[]]
      readonly max?: number
      readonly accept?: string
      /** False where a file speaks for itself, as one that is read by the server does. */
      readonly captioned?: boolean
    })
  /** Rows that can be added and removed; `fields` are named within the row. Rows left as `newRow` at the end are not sent. */
  | (FieldBase & {
      readonly kind: 'list'
      readonly fields: readonly FieldSpec[]
      readonly addLabel: string
      readonly newRow?: FormValues
    })
  | (FieldBase & {
      readonly kind: 'custom'
      render(control: CustomControl): ReactNode
      /** What a value is called, where it says nothing by itself, such as an id. */
      words?(value: unknown): string
    })

export interface ActionFormProps<I extends z.ZodType, O extends z.ZodType> {
  readonly contract: ActionContract<I, O>
  /** The record acted on, or the id the new record shall have. */
  readonly recordId: string
  /** What the action is about, where forms of it stand side by side: keeps their drafts apart. */
  readonly about?: string
  /** The version the person saw; left out when the action creates the record. */
  readonly version?: number
  readonly fields: readonly FieldSpec[]
  readonly initial?: FormValues
  /** Values that are sent but not shown. */
  readonly fixed?: FormValues
  readonly submitLabel?: string
  readonly danger?: boolean
  /** Said after it was done; the result decides when words depend on it. */
  readonly doneText?: string | ((output: z.output<O>) => string)
  /** What one must know to fill it in or to decide: what was asked for, by whom. A line each, above the fields. */
  readonly background?: readonly string[]
  /** Why it can no longer be sent, though it could when it was opened; what was typed stays in sight. */
  readonly gone?: string | undefined
  readonly children?: ReactNode
  onDone?(result: ActionResult<z.output<O>>): void
  onCancel?(): void
  /** Hears what stands in the form, for help that depends on it. */
  onValues?(values: FormValues): void
}
