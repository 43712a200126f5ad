import { listDownload, listSource } from '#platform/list/list-download.ts'
import {
  answer,
  type ExportDesk,
  type QueryContext,
  type RegisteredDownload,
  type RegisteredQuery,
} from '#platform/module/module.ts'
import { type BodyPost, bodyPostExport, bodyPostFacets, listBodyPosts } from '../../model/index.ts'
import type { LoadedDirectory } from '../directory.ts'
import { bodyPostsOf, listedBodyPosts, pageOfBodyPosts } from './store.ts'

const manage = 'directory.manageBodyPosts'

export const bodyPostAnswers = (directory: LoadedDirectory): RegisteredQuery[] => [
  answer(listBodyPosts, async (context, { page, size, sort: _, ...filter }) => {
    const slice = { size, offset: (page - 1) * size }
    const { rows, total } = await pageOfBodyPosts(context.db, context.county, filter, slice)
    return { total, rows: rows.map((post) => rowOf(directory, context, post)) }
  }),
]

function rowOf(directory: LoadedDirectory, context: QueryContext, post: BodyPost) {
  return {
    ...post,
    bodyName: directory.bodyName(context.county, post.bodyId),
    mayChange: context.can(manage, bodyPostFacets(post)),
  }
}

export const bodyPostDownload = (directory: LoadedDirectory, desk: ExportDesk): RegisteredDownload =>
  listDownload(bodyPostExport, desk, (context, filter) =>
    listSource(listedBodyPosts(context.db, context.county, filter), (rows) =>
      bodyPostsOf(rows).map((post) => rowOf(directory, context, post)),
    ),
  )
