import type { RowColumn } from '#shell/table/RowTable.tsx'
import { none } from '#shell/text/format.ts'
import { type BodyPostRow, bodyPostList } from '../../model/index.ts'
import { PostTools } from './PostTools.tsx'

/** The people of one body, whose name stands above them. */
export const postColumns: readonly RowColumn<BodyPostRow>[] = [
  ...bodyPostList.columns
    .filter(({ key }) => key !== 'body')
    .map((column) => ({ ...column, render: (post: BodyPostRow) => column.text(post) ?? none })),
  { key: 'tools', title: '', width: 270, render: (post) => <PostTools post={post} /> },
]
