import { useState } from 'react'

export interface Position {
  readonly lng: number
  readonly lat: number
}

interface Locating {
  readonly busy: boolean
  readonly problem: string | undefined
  locate(): void
}

/** What the browser's refusals mean to whoever stands there with the phone. */
const refusals: Readonly<Record<number, string>> = {
  1: '没有允许使用定位，请在浏览器或微信的设置里允许后重试；也可以不填',
  2: '暂时取不到位置，请到开阔处重试；也可以不填',
  3: '定位超时，请到开阔处重试；也可以不填',
}

/** Six decimals are a decimetre; more is noise. */
const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6

/** Asks the device where it is, once, when somebody wants it. */
export function usePosition(onFound: (position: Position) => void): Locating {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const locate = () => {
    // Browsers leave it out on addresses without HTTPS.
    if (!('geolocation' in navigator)) return setProblem('这个浏览器不能定位，可以不填')
    setBusy(true)
    setProblem(undefined)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setBusy(false)
        onFound({ lng: rounded(coords.longitude), lat: rounded(coords.latitude) })
      },
      ({ code }) => {
        setBusy(false)
        setProblem(refusals[code] ?? '没有取到位置，可以不填')
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    )
  }
  return { busy, problem, locate }
}

export function asPosition(value: unknown): Position | undefined {
  if (typeof value !== 'object' || value === null || !('lng' in value) || !('lat' in value)) return undefined
  const { lng, lat } = value
  return typeof lng === 'number' && typeof lat === 'number' ? { lng, lat } : undefined
}

export function positionWords({ lng, lat }: Position): string {
  return `经度 ${lng.toFixed(5)}，纬度 ${lat.toFixed(5)}`
}
