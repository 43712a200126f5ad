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
