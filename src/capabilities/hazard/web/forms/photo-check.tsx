import type { ReactNode } from 'react'
import { attachmentPurposes } from '#kernel/attachment.ts'
import { hasGraveDoubt, photoDoubts } from '#kernel/photo-doubts.ts'
import type { FieldSpec } from '#shell/form/types.ts'
import type { HazardView } from '../../model/index.ts'

/** Asked of whoever accepts the work when something about the photos is doubtful; nothing otherwise. */
export function photoCheck(row: HazardView): readonly FieldSpec[] {
  if (!hasGraveDoubt(row.attachments, row.foundOn)) return []
  const label = '照片已核对'
  return [{ kind: 'switch', name: 'photosChecked', label, required: true, help: <DoubtfulPhotos row={row} /> }]
}

/** The photos in question with what is doubtful; a photo opens large beside the form. */
function DoubtfulPhotos({ row }: { row: HazardView }): ReactNode {
  const doubtful = row.attachments.flatMap((file) => {
    const words = photoDoubts(file, row.attachments, row.foundOn).filter(({ grave }) => grave)
    return words.length === 0 ? [] : [{ file, words }]
  })
  return (
    <>
      <span>下列照片有疑点，请逐张核对后再确认：</span>
      <ul style={{ listStyle: 'none', margin: '4px 0 0', padding: 0, display: 'grid', gap: 8 }}>
        {doubtful.map(({ file, words }) => (
          <li key={file.id} style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
            <a href={file.url} target="_blank" rel="noreferrer" style={{ flex: 'none' }}>
              <img
                src={file.thumbUrl ?? ''}
                alt={`打开${attachmentPurposes[file.purpose]}`}
                style={{ display: 'block', width: 72, height: 54, objectFit: 'cover', borderRadius: 4 }}
              />
            </a>
            <span>
              {attachmentPurposes[file.purpose]}
              {words.map((doubt) => (
                <strong key={doubt.words} style={{ display: 'block' }}>
                  {doubt.words}
                </strong>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
