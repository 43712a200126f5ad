import { z } from 'zod'

/** What every record has. `version` counts the actions carried out on it; clients name the version they saw. */
export interface RecordIdentity {
  readonly county: string
  readonly id: string
  readonly version: number
}

/** How many of the actions somebody has missed are told; the latest say where the record stands. */
export const mostMissed = 20

/** What a refusal as stale tells: everything that was done with the record since the version its person saw. */
export const Overtaken = z.object({
  currentVersion: z.number().int(),
  /** The earliest first. */
  changes: z.array(z.object({ by: z.string(), at: z.string(), summary: z.string() })),
  /** How many earlier ones are left out. */
  leftOut: z.number().int(),
})
export type Overtaken = z.infer<typeof Overtaken>
