import { newId } from '#kernel/ids.ts'
import type { Tx } from '#platform/db/tables.ts'
import type { Pack } from './read.ts'

/** Adds the parameters that are missing; a value somebody changed in the product stays. */
export async function writeParameters(tx: Tx, pack: Pack): Promise<void> {
  const rows = pack.parameters.map((parameter) => ({
    county: pack.manifest.county,
    id: parameter.id,
    effective_from: parameter.effectiveFrom,
    value: JSON.stringify(parameter.value),
    title: parameter.title,
    unit: parameter.unit ?? null,
    source: parameter.source,
    confidence: parameter.confidence,
    note: parameter.note ?? null,
  }))
  await tx
    .insertInto('parameter')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Adds the years that are missing, for the same reason. */
export async function writeCalendar(tx: Tx, pack: Pack, now: Date): Promise<void> {
  const { county } = pack.manifest
  const known = await tx.selectFrom('calendar_year').select('year').where('county', '=', county).execute()
  for (const year of pack.holidays) {
    if (known.some((row) => row.year === year.year)) continue
    await tx
      .insertInto('calendar_year')
      .values({ county, year: year.year, id: newId(now.getTime()), complete: year.complete, version: 1 })
      .execute()
    const days = [
      ...year.holidays.map((day) => ({ county, day, kind: 'holiday' as const, source: year.source })),
      ...year.workdays.map((day) => ({ county, day, kind: 'workday' as const, source: year.source })),
    ]
    if (days.length > 0) await tx.insertInto('holiday').values(days).execute()
  }
}
