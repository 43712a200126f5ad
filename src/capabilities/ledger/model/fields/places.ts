import { z } from 'zod'
import { Id } from '#kernel/ids.ts'
import type { Face, FieldOf } from './field.ts'

const Place = z.strictObject({
  lng: z.number().min(73, '经度应在73至136之间').max(136, '经度应在73至136之间'),
  lat: z.number().min(3, '纬度应在3至54之间').max(54, '纬度应在3至54之间'),
})

function placeWords(value: unknown): string {
  const place = Place.safeParse(value)
  return place.success ? `${place.data.lng},${place.data.lat}` : ''
}

/** Degrees in WGS-84, as everywhere in the product. */
export const position: Face<FieldOf<'position'>> = {
  title: '位置',
  schema: () => Place,
  control: () => ({ kind: 'position' }),
  narrowing: () => undefined,
  words: placeWords,
  cell: (value) => placeWords(value) || null,
  read(text) {
    const plain = text.normalize('NFKC').replace(/\s/g, '')
    if (plain === '') return undefined
    const [lng, lat, ...more] = plain.split(/[,;、]/).map(Number)
    const place = more.length === 0 ? Place.safeParse({ lng, lat }) : undefined
    return place?.success ? { value: place.data } : { problem: `“${text}”不是位置，请写成“经度,纬度”，如 117.85,30.64` }
  },
  width: 160,
}

const count = (value: unknown) => (Array.isArray(value) && value.length > 0 ? `${value.length}份` : '')

/** Ids of files that hang on the item; the files themselves are sent with the action that brings them. */
export const attachment: Face<FieldOf<'attachment'>> = {
  title: '附件',
  schema: ({ title, max = 5 }) => z.array(Id).min(1, `请上传${title}`).max(max, `${title}最多${max}份`),
  control: ({ max = 5 }) => ({ kind: 'attachments', max }),
  narrowing: () => undefined,
  words: count,
  cell: (value) => count(value) || null,
  // A file cannot stand in a cell; whoever imports a sheet adds the files afterwards.
  read: () => undefined,
  width: 80,
}
