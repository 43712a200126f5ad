import { expect, test } from 'vitest'
import { parameterMisfit } from './parameter-rules.ts'

test('the stock may end only with a month, because statistics know months', () => {
  for (const good of ['2023-12-31', '2024-02-29', '2023-02-28']) {
    expect(parameterMisfit('hazard.stock.until', good), good).toBeUndefined()
  }
  for (const bad of ['2023-12-30', '2024-02-28', '2023-02-29', 'never', 31]) {
    expect(parameterMisfit('hazard.stock.until', bad), String(bad)).toContain('最后一天')
  }
})

test.each([
  ['hazard.extension.maxCount', [0, 3, 10], [-1, 11, 1.5, '3', true, [3], Number.NaN]],
  ['hazard.closure.reinspectionShare', [0, 0.25, 1], [-0.1, 1.01, 10, '0.1', Number.NaN]],
  [
    'hazard.reminder.workingDaysBefore',
    [[7, 3, 1], [60]],
    [[], [0], [61], [3, 3], [1.5], 3, '3', [1, 2, 3, 4, 5, 6, 7]],
  ],
  ['upload.maxBytes', [1_048_576, 209_715_200], [0, 1_048_575, 209_715_201, 2_000_000.5, '52428800']],
  [
    'directory.position.bounds',
    [[117.6, 30.2, 118.2, 30.9]],
    [[30.2, 117.6, 30.9, 118.2], [117.6, 30.2], [], '117', [118.2, 30.2, 117.6, 30.9]],
  ],
])('%s keeps to its kind and range', (id, good, bad) => {
  for (const value of good) expect(parameterMisfit(id, value), JSON.stringify(value)).toBeUndefined()
  for (const value of bad) expect(parameterMisfit(id, value), JSON.stringify(value)).toMatch(/^须/)
})

test('a parameter nobody reads is refused', () => {
  expect(parameterMisfit('hazard.nothing', 3)).toContain('不认识')
  expect(parameterMisfit('toString', 3)).toContain('不认识')
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
