import type { Day } from '#kernel/time.ts'
import type { Mechanism, MechanismSource } from '#platform/module/module.ts'
import type { LoadedDirectory } from './directory.ts'

const test = 'test/plan/standings.int.test.ts'
const lead = 'directory:lead-'

interface Matrix {
  readonly sectors: readonly { readonly id: string; readonly name: string; readonly planSector: boolean }[]
  readonly matrix: readonly { readonly sector: string; readonly role: string; readonly clause: string }[]
}

/** The matrix as a whole, and the lead of every sector it names; each entry says itself which clause it comes from. */
export function matrixMechanisms({ sectors, matrix }: Matrix): Mechanism[] {
  const leads = matrix.filter(({ role }) => role !== 'participant')
  return [
    { id: 'directory:matrix', title: '三管三必须责任清单', path: '/matrix', test },
    ...sectors.flatMap(({ id, name }) => {
      const clauses = leads.filter(({ sector }) => sector === id).map(({ clause }) => clause)
      return clauses.length > 0
        ? [{ id: `${lead}${id}`, title: `${name}牵头部门`, path: '/matrix', clauses, test }]
        : []
    }),
  ]
}

/** The matrix holds for the whole county from the day of the plan on, and its day is the day of the plan. */
export function matrixSource(directory: LoadedDirectory, pack: Matrix & { readonly issuedOn: Day }): MechanismSource {
  const known = matrixMechanisms(pack)
  const planned = pack.sectors.filter(({ planSector }) => planSector)
  return {
    kind: 'directory',
    mechanisms: () => known,
    async standings(_context, { ids, asOf, body }) {
      const { leaders } = directory.index
      const led = (sector: string) => {
        const bodies = asOf < pack.issuedOn ? [] : (leaders.get(sector) ?? [])
        return body ? bodies.includes(body) : bodies.length > 0
      }
      return ids.flatMap((id) => {
        if (!known.some((mechanism) => mechanism.id === id)) return []
        const all = id.startsWith(lead) ? [id.slice(lead.length)] : planned.map((sector) => sector.id)
        const mine = body ? all.filter(led) : all
        const met = mine.filter(led).length
        return [
          {
            id,
            due: mine.length,
            met,
            late: 0,
            open: mine.length - met,
            missed: 0,
            nextDue: null,
            metOn: met > 0 && met === mine.length ? pack.issuedOn : null,
            zeroConfirmed: false,
            list: '/matrix',
          },
        ]
      })
    },
  }
}
