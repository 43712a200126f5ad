import { refuse } from '#kernel/errors.ts'
import { onCreate, onRecord } from '#platform/actions/carry-out.ts'
import type { EffectContext, RecordType, RegisteredAction } from '#platform/actions/types.ts'
import {
  addBodyPost,
  type BodyPost,
  bodyPostFacets,
  bodyPostKinds,
  directoryErrors as e,
  editBodyPost,
  endBodyPost,
} from '../../model/index.ts'
import type { LoadedDirectory } from '../directory.ts'
import { daysFit, writeDown } from '../people.ts'
import { findPerson, findSamePerson, savePerson } from '../store.ts'
import { holdersAt, loadBodyPost, saveBodyPost } from './store.ts'

const bodyPostType: RecordType<BodyPost> = {
  type: 'bodyPost',
  title: '机构任职',
  // The people of all bodies are one phone book, so that a refusal to change says 'not allowed' and not 'not found'.
  readPermission: 'session',
  load: loadBodyPost,
  save: saveBodyPost,
  facets: bodyPostFacets,
  label: (post) => `${post.name}（${bodyPostKinds[post.kind]}）`,
}

const wordsOf = (directory: LoadedDirectory, post: BodyPost) =>
  `${directory.bodyName(post.county, post.bodyId)}${post.title || bodyPostKinds[post.kind]}${post.name}`

async function refuseTwice(context: EffectContext, post: BodyPost): Promise<void> {
  const holders = await holdersAt(context.tx, context.county, post.bodyId)
  const twice = (other: BodyPost) =>
    other.id !== post.id && other.personId === post.personId && other.kind === post.kind && post.toDay === null
  if (holders.some(twice)) refuse(e.alreadyHolds)
}

/** Name and number of the person behind a holding; another's number under another name is refused, never merged. */
async function correctPerson(context: EffectContext, post: BodyPost, name: string, phone: string): Promise<void> {
  if (name === post.name && phone === post.phone) return
  const person = await findPerson(context.tx, context.county, post.personId)
  if (!person) throw new Error(`the person of post ${post.id} is gone`)
  const other = await findSamePerson(context.tx, context.county, { name, phone, idNumber: null })
  if (other && other.id !== person.id) refuse(e.idNumberTaken, { detail: samePerson(name) })
  await savePerson(context.tx, { ...person, name, phone, version: person.version + 1 })
}

const samePerson = (name: string) => `名录中另有姓名“${name}”、手机号相同的人员；如果是换人，请结束原任职后另行登记`

export const bodyPostActions = (directory: LoadedDirectory): RegisteredAction[] => [
  onCreate(addBodyPost, bodyPostType, async (context, { bodyId, name, phone, ...input }) => {
    if (!directory.index.reference.bodies.some((body) => body.active && body.id === bodyId)) {
      refuse(e.bodyUnknown, { fields: [{ path: 'bodyId', message: e.bodyUnknown.message }] })
    }
    const fromDay = input.fromDay ?? context.today
    if (!daysFit(fromDay, null, context.today)) refuse(e.postDaysWrong)
    const holders = await holdersAt(context.tx, context.county, bodyId)
    // A name alone means the colleague of that name at this very body, otherwise somebody new.
    const colleague = phone === '' ? holders.find((holder) => holder.name === name) : undefined
    const person = await writeDown(context, { name, phone, idNumber: null }, colleague?.personId)
    const id = context.recordId
    const known = { county: context.county, id, version: 0, bodyId, personId: person.id, name, phone: person.phone }
    const record: BodyPost = { ...input, ...known, fromDay, toDay: null }
    await refuseTwice(context, record)
    return { record, output: { personId: person.id }, summary: `登记${wordsOf(directory, record)}` }
  }),
  onRecord(editBodyPost, bodyPostType, async (context, post, input) => {
    if (!daysFit(input.fromDay, input.toDay, context.today)) refuse(e.postDaysWrong)
    await correctPerson(context, post, input.name, input.phone)
    const record: BodyPost = { ...post, ...input }
    await refuseTwice(context, record)
    const before = wordsOf(directory, post)
    const words = wordsOf(directory, record)
    const days = `${record.fromDay}至${record.toDay ?? '今'}`
    return { record, output: {}, summary: `更正${words}，${days}${before === words ? '' : `（原为${before}）`}` }
  }),
  onRecord(endBodyPost, bodyPostType, (context, post, input) => {
    if (post.toDay !== null) refuse(e.postEnded)
    const toDay = input.toDay ?? context.today
    if (!daysFit(post.fromDay, toDay, context.today)) refuse(e.postDaysWrong)
    return {
      record: { ...post, toDay },
      output: {},
      summary: `${wordsOf(directory, post)}任职至${toDay}`,
    }
  }),
]
