import { z } from 'zod'
import type { Reference } from '#capabilities/directory/model/index.ts'

const BodyId = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, '机构代码应为小写英文加连字符，如 public-security')

/**
 * Which bodies something is asked of: by name, or all of some kinds. Of towns and zones only those the county
 * supervises count (各乡镇、开发区), as everywhere.
 */
export const Population = z
  .strictObject({
    bodies: z.array(BodyId).min(1).optional(),
    kinds: z
      .array(z.enum(['town', 'zone', 'department'], '机构类别只能是 town、zone、department'))
      .min(1)
      .optional(),
    except: z.array(BodyId).default([]),
  })
  .refine(({ bodies, kinds }) => bodies !== undefined || kinds !== undefined, {
    message: '须写明 bodies（逐个列出机构）或 kinds（某类机构全部），至少一项',
  })
export type Population = z.infer<typeof Population>

type Known = Pick<Reference, 'areas' | 'bodies'>

export interface PopulationBody {
  readonly id: string
  readonly name: string
  /** Where it is: what its records are filed under. */
  readonly area: string
}

/** The bodies of a population as the directory stands now, in its order. */
export function bodiesOf({ bodies: wanted, kinds, except }: Population, { areas, bodies }: Known): PopulationBody[] {
  const answering = new Map(
    areas.flatMap(({ supervised, bodyId, code }) => (supervised && bodyId ? [[bodyId, code]] : [])),
  )
  return bodies.flatMap((body) => {
    const onSpot = body.kind === 'town' || body.kind === 'zone'
    const ofKind = (kinds as readonly string[] | undefined)?.includes(body.kind) && (!onSpot || answering.has(body.id))
    const named = wanted?.includes(body.id) ?? false
    if (!body.active || except.includes(body.id) || !(named || ofKind)) return []
    return [{ id: body.id, name: body.name, area: answering.get(body.id) ?? body.area }]
  })
}
