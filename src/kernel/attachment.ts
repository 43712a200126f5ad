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

/** Purposes whose pictures show a site at a moment; the others are papers, also when somebody photographed them. */
export const sitePurposes = ['before', 'after', 'interim', 'review'] as const satisfies readonly AttachmentPurpose[]

export const AttachmentPurposeId = z.enum(['before', 'after', 'measure', 'interim', 'review', 'order', 'other'])

/** No county may take larger files, whatever its parameter says: they are looked through in memory and sent over phones. */
export const mostUploadBytes = 200 * 1024 * 1024

/** A finished upload that an action hangs on its record. `capturedAt` is the camera's word, never the receive time. */
export const AttachmentInput = z.object({
  uploadId: Id,
  purpose: AttachmentPurposeId,
  caption: z.string().trim().max(200, '说明最多200字').default(''),
})
export type AttachmentInput = z.infer<typeof AttachmentInput>

/** An attachment as a viewer of its record sees it. Its addresses work only for those who may see the record. */
export const AttachmentView = z.object({
  id: Id,
  purpose: AttachmentPurposeId,
  caption: z.string(),
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  image: z.boolean(),
  /** The camera's word, null when it says nothing; `receivedAt` is ours. */
  capturedAt: z.string().nullable(),
  receivedAt: z.string(),
  /** Where the camera says it stood; null as well for viewers who may not have the original. */
  position: z.object({ lng: z.number(), lat: z.number() }).nullable(),
  uploadedBy: z.string(),
  /** What opens: a picture's upright copy without camera data, or the document itself. */
  url: z.string(),
  thumbUrl: z.string().nullable(),
  /** A picture's own bytes with everything the camera wrote; null for viewers who may not have them. */
  originalUrl: z.string().nullable(),
  /** Other files of this record that are the same photo, such as a photo before shown as the one after. */
  sameAs: z.array(z.object({ id: Id, likeness: z.number() })),
  /** Other records with the same photo, `likeness` from 0 to 1; a reused photo is evidence of nothing. */
  reusedIn: z.array(z.object({ recordId: Id, recordLabel: z.string(), likeness: z.number() })),
})
export type AttachmentView = z.infer<typeof AttachmentView>
