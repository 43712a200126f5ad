import type { EffectContext, NoticeDraft } from '#platform/actions/types.ts'
import { type Hazard, levels } from '../model/index.ts'
import type { HazardDeps } from './deps.ts'

interface Words {
  readonly kind: string
  readonly title: string
  readonly body: string
}

/** Tells the unit's principal and its actual controller, both, about a major hazard (M17-7). */
export async function tellUnit(
  deps: HazardDeps,
  context: Pick<EffectContext, 'tx' | 'county'>,
  key: string,
  hazard: Hazard,
  words: Words,
): Promise<NoticeDraft[]> {
  if (!hazard.unitId || hazard.level !== 'major') return []
  const contacts = await deps.directory.unitContacts(context.tx, context.county, hazard.unitId)
  const people = new Set(contacts.map((contact) => contact.personId))
  return [...people].map((id) => ({ key: `${key}:${words.kind}:${id}`, to: { kind: 'person', id }, ...words }))
}

export function tellBody(key: string, bodyId: string | null, words: Words): NoticeDraft[] {
  return bodyId ? [{ key: `${key}:${words.kind}:${bodyId}`, to: { kind: 'body', id: bodyId }, ...words }] : []
}

/** One line by which people recognise the hazard in a notice. */
export function noticeLine(hazard: Hazard): string {
  const text = hazard.description.length > 60 ? `${hazard.description.slice(0, 60)}…` : hazard.description
  return `${hazard.unitName}｜${levels[hazard.level]}隐患${hazard.number}｜${text}`
}
