import sharp from 'sharp'
import { expect, it } from 'vitest'
import { barChart, barsAsSvg } from './charts.ts'

it('draws bars with their numbers, whatever the words', async () => {
  const svg = barsAsSvg([
    { label: '<工贸>&“矿山”', n: 3 },
    { label: '没有', n: 0 },
  ])
  expect(svg).toContain('&lt;工贸&gt;&amp;')
  expect(svg).toContain('>3</text>')
  const { png, width, height } = await barChart([{ label: '工贸', n: 3 }])
  expect((await sharp(png).metadata()).format).toBe('png')
  expect([width, height].every((side) => side > 0)).toBe(true)
})
