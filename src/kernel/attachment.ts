import { z } from 'zod'
import { Id } from './ids.ts'

/** Why a file hangs on a record. before/after are photos of the site; the rest are documents. */
export const attachmentPurposes = {
  before: '整改前照片',
  after: '整改后照片',
  measure: '整改方案',
  interim: '临时管控',
  review: '现场复查',
  order: '文书',
  other: '其他材料',
} as const
export type AttachmentPurpose = keyof typeof attachmentPurposes

export const AttachmentPurposeId = z.enum(['before', 'after', 'measure', 'interim', 'review', 'order', 'other'])

/** A finished upload that an action hangs on its record. `capturedAt` is the camera's word, never the receive time. */
export const AttachmentInput = z.object({
  uploadId: Id,
  purpose: AttachmentPurposeId,
  caption: z.string().trim().max(200, '说明最多200字').default(''),
})
export type AttachmentInput = z.infer<typeof AttachmentInput>

/** An attachment as a viewer of its record sees it. `url` works only for those who may see the record. */
export const AttachmentView = z.object({
  id: Id,
  purpose: AttachmentPurposeId,
  caption: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  image: z.boolean(),
  capturedAt: z.string().nullable(),
  receivedAt: z.string(),
  uploadedBy: z.string(),
  url: z.string(),
  thumbUrl: z.string().nullable(),
  /** Other records whose photos look the same; a reused photo is evidence of nothing. */
  reusedIn: z.array(z.object({ recordId: Id, recordLabel: z.string(), distance: z.number().int() })),
})
export type AttachmentView = z.infer<typeof AttachmentView>
