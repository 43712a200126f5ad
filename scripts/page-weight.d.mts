interface Weighed {
  readonly files: readonly { readonly name: string; readonly kib: number }[]
  readonly total: number
}

/** Sizes are KiB, gzipped. */
export function weighPages(): {
  readonly aim: number
  readonly phone: Weighed
  readonly office: Weighed
  /** Chunks a page must not load before it shows what they draw. */
  readonly heavy: readonly string[]
  readonly officeCharts: readonly string[]
  readonly met: boolean
}
