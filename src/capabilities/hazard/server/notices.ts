import type { EffectContext, NoticeDraft } from '#platform/actions/types.ts'
import { type Hazard, levels } from '../model/index.ts'
import type { HazardDeps } from './deps.ts'

type Words = Pick<NoticeDraft, 'kind' | 'title' | 'body'>

/**
 * Tells the unit: about a major hazard its principal and its actual controller, both (M17-7); about a general one its
 * principal. Where the directory knows nobody to tell, the body that oversees the place is told so, since a notice that
 * reaches nobody must not pass for one that was sent.
 */
export async function tellUnit(
  deps: HazardDeps,
  context: Pick<EffectContext, 'tx' | 'county'>,
  key: string,
  hazard: Hazard,
  words: Words,
): Promise<NoticeDraft[]> {
  const contacts = hazard.unitId ? await deps.directory.unitContacts(context.tx, context.county, hazard.unitId) : []
  const told = contacts.filter((contact) => hazard.level === 'major' || contact.role === 'principal')
  if (told.length === 0 && hazard.level === 'major') {
    return tellBody(key, hazard.townBodyId ?? hazard.leadBodyId, {
      kind: `${words.kind}:nobody`,
      title: `未能通知到单位：${words.title}`,
      body: `名录中没有“${hazard.unitName}”的主要负责人和实际控制人，请当面送达并补登联系人｜${words.body}`,
    })
  }
  const people = new Set(told.map((contact) => contact.personId))
  return [...people].map((id) => ({ key: `${key}:${words.kind}:${id}`, to: { kind: 'person', id }, ...words }))
}

export function tellBody(key: string, bodyId: string | null, words: Words): NoticeDraft[] {
  return bodyId ? [{ key: `${key}:${words.kind}:${bodyId}`, to: { kind: 'body', id: bodyId }, ...words }] : []
}

/** What a notice calls it: only a major one is a 重大事故隐患, and a unit told otherwise would act on a falsehood. */
export const gravity = ({ level }: Pick<Hazard, 'level'>): string => (level === 'major' ? '重大事故隐患' : '一般隐患')

/** One line by which people recognise the hazard in a notice. */
export function noticeLine(hazard: Hazard): string {
  const text = hazard.description.length > 60 ? `${hazard.description.slice(0, 60)}…` : hazard.description
  return `${hazard.unitName}｜${levels[hazard.level]}隐患${hazard.number}｜${text}`
}
