import { addDays, isDay } from '#kernel/time.ts'

/** What a parameter's value must be beyond its kind. Answers the refusal's words, or undefined. */
type Rule = (value: unknown) => string | undefined

const rules: Readonly<Record<string, Rule>> = {
  // Statistics count the stock by the month found; a day within a month would count differently from the list behind it.
  'hazard.stock.until': (value) =>
    typeof value === 'string' && isDay(value) && addDays(value, 1).endsWith('-01')
      ? undefined
      : '存量截止日期须是某个月的最后一天，如 2023-12-31：统计按发现月份计算存量',
  // Four numbers in another order would refuse every position of the county.
  'directory.position.bounds': (value) => {
    const [west, south, east, north, ...more] = Array.isArray(value) ? value.map(Number) : []
    const sound = west !== undefined && south !== undefined && east !== undefined && north !== undefined
    return sound && more.length === 0 && west < east && south < north && north <= 90
      ? undefined
      : '经纬度范围须依次填写西、南、东、北四个数，如 117.6、30.2、118.2、30.9'
  },
}

export function parameterMisfit(id: string, value: unknown): string | undefined {
  return rules[id]?.(value)
}
