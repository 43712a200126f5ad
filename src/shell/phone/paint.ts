import { colours, fontFamily } from '../theme/tokens.ts'

/** Hands the design tokens to the style sheet, so that a colour is written down once for office and phone. */
export function paintTokens(root: HTMLElement): void {
  for (const [name, colour] of Object.entries(colours)) {
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, colour)
  }
  root.style.setProperty('--font', fontFamily)
}
