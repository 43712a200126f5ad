import { z } from 'zod'

/** Degrees in WGS-84, the datum of GPS and of what a browser's geolocation answers; nothing else is stored. */
export interface Position {
  readonly lng: number
  readonly lat: number
}

/** What a position may be given in. CGCS2000 of official surveys and 天地图 differs from WGS-84 by centimetres. */
export const datums = { wgs84: 'WGS-84（手机定位、GPS、天地图）', gcj02: 'GCJ-02（高德、腾讯地图）' } as const
export type Datum = keyof typeof datums
export const DatumId = z.enum(['wgs84', 'gcj02'], '请选择坐标系：WGS-84或GCJ-02')

const degrees = (what: string) =>
  z.number(`请填写${what}，用小数表示的度数，如 117.86`).min(-180, `${what}超出范围`).max(180, `${what}超出范围`)

/** A position as it is typed, copied from a map or found by a phone. Whether it lies in the county is asked later. */
export const PositionInput = z
  .object({
    lng: degrees('经度'),
    lat: degrees('纬度'),
    datum: DatumId.default('wgs84'),
  })
  .transform(({ lng, lat, datum }): Position => (datum === 'gcj02' ? fromGcj02({ lng, lat }) : { lng, lat }))

/** The parameter that holds the county's bounds. */
export const positionBounds = 'directory.position.bounds'

/** West, south, east, north. */
export type Bounds = readonly [west: number, south: number, east: number, north: number]

export function boundsOf(numbers: readonly number[]): Bounds {
  const [west = -180, south = -90, east = 180, north = 90] = numbers
  return [west, south, east, north]
}

export type PositionFault = 'swapped' | 'outside'

const within = ({ lng, lat }: Position, [west, south, east, north]: Bounds) =>
  lng >= west && lng <= east && lat >= south && lat <= north

/** What is wrong with where a unit is said to be; undefined when it lies within the bounds. */
export function positionFault(position: Position, bounds: Bounds): PositionFault | undefined {
  if (within(position, bounds)) return undefined
  return within({ lng: position.lat, lat: position.lng }, bounds) ? 'swapped' : 'outside'
}

export function faultWords(fault: PositionFault, [west, south, east, north]: Bounds): string {
  const here = `本县经度在${west}至${east}之间，纬度在${south}至${north}之间`
  return fault === 'swapped'
    ? `经度和纬度填反了，请对调：${here}`
    : `这个位置不在本县范围内：${here}，请核对度数和坐标系；暂时不知道的可以不填`
}

/** Degrees as lists write them: 117.86, 东经117.86°, 117°51′36″. Undefined when it is something else. */
export function readDegrees(text: string): number | undefined {
  const bare = text.replace(/^[东北]经?纬?|[EN]$|\s/gi, '')
  const parts =
    /^(\d{1,3}(?:\.\d+)?)(?:[°度](?:(\d{1,2}(?:\.\d+)?)[′'’分](?:(\d{1,2}(?:\.\d+)?)(?:[″"”秒]|'')?)?)?)?$/.exec(bare)
  if (!parts) return undefined
  const [, whole = '', minutes = '0', seconds = '0'] = parts
  return Math.round((Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600) * 1e7) / 1e7
}

export function readDatum(text: string): Datum | undefined {
  if (/gcj|高德|腾讯|火星/i.test(text)) return 'gcj02'
  return /wgs|gps|2000|天地图/i.test(text) ? 'wgs84' : undefined
}

// GCJ-02 shifts WGS-84 by up to 700 m with a published series over an ellipsoid of its own (Krasovsky 1940).
const axis = 6_378_245
const eccentricity = 0.006693421622965943

function shiftOf({ lng, lat }: Position): Position {
  const [x, y] = [lng - 105, lat - 35]
  const wave = (argument: number) => Math.sin(argument * Math.PI)
  const short = 20 * wave(6 * x) + 20 * wave(2 * x)
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    (2 / 3) * (short + 20 * wave(y) + 40 * wave(y / 3) + 160 * wave(y / 12) + 320 * wave(y / 30))
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    (2 / 3) * (short + 20 * wave(x) + 40 * wave(x / 3) + 150 * wave(x / 12) + 300 * wave(x / 30))
  const radians = (lat * Math.PI) / 180
  const flat = 1 - eccentricity * Math.sin(radians) ** 2
  const metresNorth = ((axis * (1 - eccentricity)) / (flat * Math.sqrt(flat))) * (Math.PI / 180)
  const metresEast = (axis / Math.sqrt(flat)) * Math.cos(radians) * (Math.PI / 180)
  return { lng: east / metresEast, lat: north / metresNorth }
}

export function toGcj02(position: Position): Position {
  const shift = shiftOf(position)
  return { lng: position.lng + shift.lng, lat: position.lat + shift.lat }
}

/** The inverse, found step by step: three steps are well below a centimetre. Six decimals are a decimetre. */
export function fromGcj02(position: Position): Position {
  let guess = position
  for (let step = 0; step < 3; step += 1) {
    const shift = shiftOf(guess)
    guess = { lng: position.lng - shift.lng, lat: position.lat - shift.lat }
  }
  const rounded = (degree: number) => Math.round(degree * 1e6) / 1e6
  return { lng: rounded(guess.lng), lat: rounded(guess.lat) }
}
