import type { Mechanism, MechanismSource } from '#platform/module/module.ts'
import { inForce } from '../model/index.ts'
import type { CriteriaShelf } from './library.ts'

export const criteriaMechanisms: readonly Mechanism[] = [
  { id: 'criteria:library', title: '判定标准库', path: '/criteria', test: 'test/plan/standings.int.test.ts' },
]

/** 判定标准库: every sector with a standard in force ought to find its items in the library. The county has one for all. */
export function criteriaSource(shelf: CriteriaShelf): MechanismSource {
  return {
    kind: 'criteria',
    mechanisms: () => criteriaMechanisms,
    async standings(context, { ids, asOf, body }) {
      if (body || !ids.includes('criteria:library')) return []
      const library = await shelf.current(context.db)
      const holding = library.standards.filter((standard) => inForce(standard, asOf))
      const sectors = new Set(holding.flatMap((standard) => standard.sectors))
      const met = [...sectors].filter((sector) => library.hasItems(sector, asOf)).length
      const days = holding.map(({ effectiveFrom }) => effectiveFrom).sort()
      return [
        {
          id: 'criteria:library',
          due: sectors.size,
          met,
          late: 0,
          open: sectors.size - met,
          missed: 0,
          nextDue: null,
          metOn: met === sectors.size ? (days.at(-1) ?? null) : null,
          zeroConfirmed: false,
          list: '/criteria',
        },
      ]
    },
  }
}
