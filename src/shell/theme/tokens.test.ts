import { describe, expect, it } from 'vitest'
import { colours, riskColours } from './tokens.ts'

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/** Contrast ratio as WCAG 2 defines it, 1 to 21. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

describe('colours', () => {
  it('knows black on white as 21:1', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  })

  it.each(Object.entries(riskColours))('%s reads on its ground', (_name, { text, ground }) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['text', 'textSecondary', 'textHint', 'primary', 'error', 'warning', 'success'] as const)(
    '%s reads on every ground',
    (name) => {
      for (const ground of [colours.surface, colours.page, colours.neutralGround, colours.primaryGround]) {
        expect(contrast(colours[name], ground)).toBeGreaterThanOrEqual(4.5)
      }
    },
  )

  it('header text reads on the header', () => {
    expect(contrast(colours.headerText, colours.header)).toBeGreaterThanOrEqual(4.5)
  })
})
