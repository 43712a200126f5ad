import { type AttachmentPurpose, type AttachmentView, attachmentPurposes, sitePurposes } from './attachment.ts'
import { type Day, dayOf } from './time.ts'

/** Something about a photo that a reviewer should know before believing it. */
export interface PhotoDoubt {
  /** Whoever accepts the work has to say that it was looked into; the others are told by the way. */
  readonly grave: boolean
  readonly words: string
}

/** Clocks of phones and of the server differ by seconds to minutes; more is worth a word. */
const clockSlackMs = 10 * 60_000

/** Photos that claim the work is done: one older than the finding cannot show it. */
const showsWork = new Set<AttachmentPurpose>(['after', 'review'])

/** What is doubtful about one file of a record, the gravest first. Papers and films are not judged. */
export function photoDoubts(file: AttachmentView, all: readonly AttachmentView[], foundOn: Day): PhotoDoubt[] {
  if (!file.image || !(sitePurposes as readonly AttachmentPurpose[]).includes(file.purpose)) return []
  return [...sameHere(file, all), ...usedElsewhere(file), ...captureDoubts(file, foundOn)]
}

/** Whether anything about the files of a record has to be looked into before it is accepted. */
export function hasGraveDoubt(files: readonly AttachmentView[], foundOn: Day): boolean {
  return files.some((file) => photoDoubts(file, files, foundOn).some(({ grave }) => grave))
}

function sameHere(file: AttachmentView, all: readonly AttachmentView[]): PhotoDoubt[] {
  const purposes = new Set(
    file.sameAs.flatMap(({ id }) => all.filter((other) => other.id === id).map(({ purpose }) => purpose)),
  )
  return [...purposes].map((purpose) => {
    const name = attachmentPurposes[purpose]
    if (purpose === file.purpose) return { grave: showsWork.has(purpose), words: `与另一张${name}雷同` }
    return { grave: true, words: `与本隐患的${name}雷同` }
  })
}

const usedElsewhere = ({ reusedIn }: AttachmentView): PhotoDoubt[] =>
  reusedIn.map(({ recordLabel }) => ({ grave: true, words: `与隐患 ${recordLabel} 的照片雷同` }))

function captureDoubts({ capturedAt, receivedAt, purpose }: AttachmentView, foundOn: Day): PhotoDoubt[] {
  if (capturedAt === null) return [{ grave: false, words: '没有拍摄时间，可能是转发的照片或截图' }]
  const captured = new Date(capturedAt)
  if (captured.getTime() > new Date(receivedAt).getTime() + clockSlackMs) {
    return [{ grave: true, words: '拍摄时间晚于收到时间，拍照设备的时钟可能不准' }]
  }
  const day = dayOf(captured)
  return day < foundOn ? [{ grave: showsWork.has(purpose), words: `拍摄于 ${day}，早于发现隐患的 ${foundOn}` }] : []
}
