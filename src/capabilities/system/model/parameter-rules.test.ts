import { expect, test } from 'vitest'
import { parameterMisfit } from './parameter-rules.ts'

test('the stock may end only with a month, because statistics know months', () => {
  for (const good of ['2023-12-31', '2024-02-29', '2023-02-28']) {
    expect(parameterMisfit('hazard.stock.until', good), good).toBeUndefined()
  }
  for (const bad of ['2023-12-30', '2024-02-28', '2023-02-29', 'never', 31]) {
    expect(parameterMisfit('hazard.stock.until', bad), String(bad)).toContain('最后一天')
  }
  expect(parameterMisfit('hazard.extension.maxCount', 3)).toBeUndefined()
})

test('the county’s bounds are west, south, east and north, in this order', () => {
  const misfit = (value: unknown) => parameterMisfit('directory.position.bounds', value)
  expect(misfit([117.6, 30.2, 118.2, 30.9])).toBeUndefined()
  for (const bad of [
    [],
    [117.6, 30.2, 118.2],
    [30.2, 117.6, 30.9, 118.2],
    [118.2, 30.2, 117.6, 30.9],
    'all',
    [1, 2, 3, 4, 5],
  ]) {
    expect(misfit(bad), String(bad)).toContain('西、南、东、北')
  }
})
