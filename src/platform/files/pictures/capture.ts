import exifr from 'exifr'

/** Where on earth a picture was taken, in degrees of WGS 84, as a camera's satellite receiver gives it. */
export interface Position {
  readonly lng: number
  readonly lat: number
}

/** What the camera wrote into a picture; null where it says nothing. Anyone can change it: a hint, never a proof. */
export interface Capture {
  readonly capturedAt: Date | null
  readonly position: Position | null
}

const nothing: Capture = { capturedAt: null, position: null }
const pick = [
  'DateTimeOriginal',
  'OffsetTimeOriginal',
  'GPSLatitude',
  'GPSLatitudeRef',
  'GPSLongitude',
  'GPSLongitudeRef',
]

/** Reads a block of EXIF, with or without the mark that stands before it in a JPEG. */
export async function captureIn(exif: Uint8Array | undefined): Promise<Capture> {
  if (!exif) return nothing
  const marked = Buffer.from(exif.subarray(0, 6)).toString('latin1') === 'Exif\0\0'
  try {
    const tags: unknown = await exifr.parse(marked ? exif.subarray(6) : exif, { pick, reviveValues: false })
    return { capturedAt: captureOf(tags), position: positionOf(tags) }
  } catch {
    // A picture with a broken EXIF block is a picture all the same.
    return nothing
  }
}

/** EXIF times carry no zone unless the camera says so; phones here mean Beijing time. */
export function captureOf(tags: unknown): Date | null {
  if (typeof tags !== 'object' || tags === null || !('DateTimeOriginal' in tags)) return null
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(String(tags.DateTimeOriginal))
  if (!found) return null
  const said = 'OffsetTimeOriginal' in tags ? String(tags.OffsetTimeOriginal) : ''
  const zone = /^[+-]\d\d:\d\d$/.test(said) ? said : '+08:00'
  const at = new Date(`${found[1]}-${found[2]}-${found[3]}T${found[4]}${zone}`)
  return Number.isNaN(at.getTime()) ? null : at
}

function positionOf(tags: unknown): Position | null {
  if (typeof tags !== 'object' || tags === null || !('longitude' in tags) || !('latitude' in tags)) return null
  const lng = Number(tags.longitude)
  const lat = Number(tags.latitude)
  // A receiver without a fix writes zeros, which is a place in the Atlantic.
  const real = Math.abs(lng) <= 180 && Math.abs(lat) <= 90 && (lng !== 0 || lat !== 0)
  return real ? { lng, lat } : null
}
