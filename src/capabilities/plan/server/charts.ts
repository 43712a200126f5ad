import sharp from 'sharp'

export interface Bar {
  readonly label: string
  readonly n: number
}

export interface Chart {
  readonly png: Buffer
  readonly width: number
  readonly height: number
}

const face = 'Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif'
const [width, left, right, line] = [640, 150, 60, 26] as const
const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const asXml = (text: string) => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)

/** Bars lying side by side with their numbers written out, so that they can be read without colours. */
export function barsAsSvg(bars: readonly Bar[]): string {
  const most = Math.max(1, ...bars.map(({ n }) => n))
  const rows = bars.map(({ label, n }, at) => {
    const [y, long] = [at * line, Math.round((n / most) * (width - left - right))]
    const words = label.length > 10 ? `${label.slice(0, 9)}…` : label
    return (
      `<text x="${left - 8}" y="${y + 18}" text-anchor="end">${asXml(words)}</text>` +
      `<rect x="${left}" y="${y + 5}" width="${long}" height="16" fill="#0b625c"/>` +
      `<text x="${left + long + 6}" y="${y + 18}">${n}</text>`
    )
  })
  const height = bars.length * line + 6
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${face}" font-size="14"><rect width="100%" height="100%" fill="#ffffff"/>${rows.join('')}</svg>`
}

/** The same as a picture for a document, at twice the size so that it prints sharply. */
export async function barChart(bars: readonly Bar[]): Promise<Chart> {
  const png = await sharp(Buffer.from(barsAsSvg(bars)), { density: 144 })
    .png()
    .toBuffer()
  return { png, width: 520, height: Math.round((520 / width) * (bars.length * line + 6)) }
}
