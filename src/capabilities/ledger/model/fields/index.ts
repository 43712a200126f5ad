import type { z } from 'zod'
import { choice, choices, yesNo } from './choices.ts'
import { area, body, sector, unit } from './codes.ts'
import { day, month } from './days.ts'
import type { Face, Field, FieldKind, FieldOf } from './field.ts'
import { decimal, integer, money } from './numbers.ts'
import { attachment, position } from './places.ts'
import { longText, person, phone, text } from './texts.ts'

export * from './field.ts'

/** Every type with all that the product does with its values. */
export const faces: { readonly [K in FieldKind]: Face<FieldOf<K>> } = {
  ...{ text, longText, integer, decimal, money, day, month, yesNo, choice, choices },
  ...{ area, body, sector, unit, person, phone, position, attachment },
}

/** The faces of a field, bound to its type. */
export const faceOf = (field: Field): Face<Field> => faces[field.type] as Face<Field>

/** What a value of the field must be. */
export const kept = (field: Field): z.ZodType => faceOf(field).schema(field)
