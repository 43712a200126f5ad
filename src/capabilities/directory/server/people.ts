import { refuse } from '#kernel/errors.ts'
import { boxesFor } from '#kernel/grants.ts'
import { newId } from '#kernel/ids.ts'
import { addDays } from '#kernel/time.ts'
import type { EffectContext } from '#platform/actions/types.ts'
import {
  directoryErrors,
  directoryPermissions,
  isSinglePost,
  type Person,
  type PersonInput,
  type Post,
  type PostKind,
  type Unit,
} from '../model/index.ts'
import { findPerson, findSamePerson, personInScope, savePerson } from './store.ts'

/** Finds the person meant, or writes him down. A number that is already another name's is refused, never merged. */
async function resolvePerson(context: EffectContext, unit: Unit, input: PersonInput): Promise<Person> {
  const { tx, county } = context
  if (input.personId !== null) {
    // Linking by id shows the name behind it, so only somebody the caller can already see may be linked.
    const boxes = boxesFor(context.actor, 'directory.readUnit', directoryPermissions)
    const known = await findPerson(tx, county, input.personId)
    if (!known || !(await personInScope(tx, county, known.id, boxes))) refuse(directoryErrors.personUnknown)
    return known
  }
  // A name alone means the colleague of that name at this very unit, otherwise somebody new.
  const bare = input.phone === '' && input.idNumber === null
  const colleague = bare ? unit.posts.find((post) => post.toDay === null && post.personName === input.name) : undefined
  return writeDown(context, input, colleague?.personId)
}

/** The person of these words, known already or written down now; `colleagueId` when it is clear who is meant. */
export async function writeDown(
  context: EffectContext,
  input: Pick<PersonInput, 'name' | 'phone' | 'idNumber'>,
  colleagueId?: string,
): Promise<Person> {
  const { tx, county } = context
  const same = colleagueId ? await findPerson(tx, county, colleagueId) : await findSamePerson(tx, county, input)
  if (same && same.name !== input.name) refuse(directoryErrors.idNumberTaken)
  const person: Person = same
    ? { ...same, phone: input.phone || same.phone, idNumber: input.idNumber ?? same.idNumber }
    : {
        county,
        id: newId(context.now.getTime()),
        name: input.name,
        phone: input.phone,
        idNumber: input.idNumber,
        version: 0,
      }
  const changed = person.phone !== same?.phone || person.idNumber !== same?.idNumber
  if (!changed) return person
  const written = { ...person, version: person.version + 1 }
  await savePerson(tx, written)
  return written
}

export interface Appointment {
  readonly kind: PostKind
  readonly title: string
  /** First day in the post; today when absent. */
  readonly fromDay?: string | undefined
  readonly person: PersonInput
}

/** Puts a person into a post. A new principal or controller ends the old one's post the day before. */
export async function appoint(
  context: EffectContext,
  unit: Unit,
  wanted: Appointment,
): Promise<{ unit: Unit; post: Post }> {
  const fromDay = wanted.fromDay ?? context.today
  if (fromDay > context.today) refuse(directoryErrors.postDaysWrong)
  const person = await resolvePerson(context, unit, wanted.person)
  const holders = unit.posts.filter((post) => post.kind === wanted.kind && post.toDay === null)
  if (holders.some((post) => post.personId === person.id)) refuse(directoryErrors.alreadyHolds)
  const post: Post = {
    id: newId(context.now.getTime()),
    personId: person.id,
    personName: person.name,
    kind: wanted.kind,
    title: wanted.title,
    fromDay,
    toDay: null,
  }
  const posts = unit.posts.map((held) => {
    if (!isSinglePost(wanted.kind) || !holders.includes(held)) return held
    if (held.fromDay > fromDay) refuse(directoryErrors.postDaysWrong)
    return { ...held, toDay: held.fromDay === fromDay ? fromDay : addDays(fromDay, -1) }
  })
  return { unit: { ...unit, posts: [...posts, post] }, post }
}

/** Ends a post; `toDay` is its last day. */
export function endPost(unit: Unit, postId: string, toDay: string, today: string): { unit: Unit; post: Post } {
  const held = unit.posts.find((post) => post.id === postId)
  if (!held) refuse(directoryErrors.postUnknown)
  if (held.toDay !== null) refuse(directoryErrors.postEnded)
  if (!daysFit(held.fromDay, toDay, today)) refuse(directoryErrors.postDaysWrong)
  const ended = { ...held, toDay }
  return { unit: { ...unit, posts: unit.posts.map((post) => (post === held ? ended : post)) }, post: ended }
}

/** Corrects a post's words and days. One principal at a time: his days may touch those of another, not lie over them. */
export function correctPost(
  unit: Unit,
  change: { postId: string; title: string; fromDay: string; toDay: string | null },
  today: string,
): { unit: Unit; post: Post } {
  const held = unit.posts.find((post) => post.id === change.postId)
  if (!held) refuse(directoryErrors.postUnknown)
  const { title, fromDay, toDay } = change
  const over = (other: Post) => fromDay < (other.toDay ?? '9999') && other.fromDay < (toDay ?? '9999')
  const taken =
    isSinglePost(held.kind) && unit.posts.some((post) => post !== held && post.kind === held.kind && over(post))
  if (taken || !daysFit(fromDay, toDay, today)) refuse(directoryErrors.postDaysWrong)
  const post = { ...held, title, fromDay, toDay }
  return { unit: { ...unit, posts: unit.posts.map((other) => (other === held ? post : other)) }, post }
}

/** Nobody takes a post from a day to come, and none ends before it began or after today. */
export const daysFit = (fromDay: string, toDay: string | null, today: string): boolean =>
  fromDay <= today && (toDay === null || (toDay >= fromDay && toDay <= today))

/** Corrects somebody who holds a post at the unit now. */
export async function correctPerson(
  context: EffectContext,
  unit: Unit,
  change: { personId: string; name?: string; phone?: string; idNumber?: string | null },
): Promise<Person> {
  const here = unit.posts.some((post) => post.personId === change.personId && post.toDay === null)
  const person = here ? await findPerson(context.tx, context.county, change.personId) : undefined
  if (!person) refuse(directoryErrors.personNotHere)
  if (change.idNumber) {
    const wanted = { name: '', phone: '', idNumber: change.idNumber }
    const holder = await findSamePerson(context.tx, context.county, wanted)
    if (holder && holder.id !== person.id) refuse(directoryErrors.idNumberTaken)
  }
  const after: Person = {
    ...person,
    name: change.name ?? person.name,
    phone: change.phone ?? person.phone,
    idNumber: change.idNumber === undefined ? person.idNumber : change.idNumber,
    version: person.version + 1,
  }
  await savePerson(context.tx, after)
  return after
}
