import type { FieldSpec } from '#shell/form/types.ts'

export const words = (name: string, label: string, max: number, help?: string): FieldSpec => ({
  kind: 'area',
  name,
  label,
  max,
  required: true,
  ...(help ? { help } : {}),
})

/** The number of a paper. */
export const document = (label: string, required: boolean): FieldSpec => ({
  kind: 'text',
  name: 'document',
  label,
  max: 80,
  required,
})
