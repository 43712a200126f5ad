import { type ReactNode, useEffect, useState } from 'react'
import { type AttachmentView, attachmentPurposes } from '#kernel/attachment.ts'
import { photoDoubts } from '#kernel/photo-doubts.ts'
import type { Day } from '#kernel/time.ts'
import { positionWords } from '#shell/form/use-position.ts'
import { Icon } from '#shell/phone/icons.tsx'
import { Card } from '#shell/phone/parts.tsx'
import { formatInstant, formatSize } from '#shell/text/format.ts'

interface PhotosProps {
  readonly files: readonly AttachmentView[]
  /** Day of the finding; what a photo shows cannot be older. */
  readonly foundOn: Day
}

/** Before beside after, all photos, and the papers; a touch shows a photo large with when it was taken. */
export function Photos({ files, foundOn }: PhotosProps): ReactNode {
  const [open, setOpen] = useState<AttachmentView>()
  if (files.length === 0) return null
  const photos = files.filter((file) => file.thumbUrl !== null)
  const before = photos.find((file) => file.purpose === 'before')
  const after = photos.filter((file) => file.purpose === 'after').at(-1)
  const papers = files.filter((file) => file.thumbUrl === null)
  const grave = (file: AttachmentView) => photoDoubts(file, files, foundOn).some((doubt) => doubt.grave)
  return (
    <Card title={`照片资料（${files.length}）`}>
      {before && after && (
        <div className="p-compare">
          {[before, after].map((file) => (
            <button key={file.id} type="button" onClick={() => setOpen(file)}>
              <img className="p-compare-photo" src={file.url} alt={attachmentPurposes[file.purpose]} loading="lazy" />
              <span>{file === before ? '整改前' : '整改后'}</span>
            </button>
          ))}
        </div>
      )}
      {photos.length > 0 && (
        <ul className="p-photos">
          {photos.map((file) => (
            <li key={file.id}>
              <button type="button" onClick={() => setOpen(file)}>
                <img src={file.thumbUrl ?? ''} alt={file.caption || attachmentPurposes[file.purpose]} loading="lazy" />
              </button>
              <div className="p-hint">{attachmentPurposes[file.purpose]}</div>
              {grave(file) && (
                <div className="p-doubt">
                  <Icon name="warning" size={14} /> 有疑点
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {papers.length > 0 && <Papers files={papers} />}
      {open && <Viewer file={open} all={files} foundOn={foundOn} onClose={() => setOpen(undefined)} />}
    </Card>
  )
}

function Papers({ files }: { files: readonly AttachmentView[] }): ReactNode {
  return (
    <ul className="p-items">
      {files.map((file) => (
        <li key={file.id}>
          <a className="p-item" href={file.url} target="_blank" rel="noreferrer">
            <span>
              <Icon name="file" size={18} /> {file.name}
            </span>
            <span className="p-hint">
              {attachmentPurposes[file.purpose]}，{file.uploadedBy}，{formatSize(file.size)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}

interface ViewerProps {
  readonly file: AttachmentView
  readonly all: readonly AttachmentView[]
  readonly foundOn: Day
  onClose(): void
}

function Viewer({ file, all, foundOn, onClose }: ViewerProps): ReactNode {
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onClose()
    }
    window.addEventListener('keydown', close)
    return () => window.removeEventListener('keydown', close)
  }, [onClose])
  return (
    <div className="p-viewer" role="dialog" aria-modal="true" aria-label={attachmentPurposes[file.purpose]}>
      <button type="button" className="p-square" aria-label="关闭" onClick={onClose}>
        <Icon name="close" size={26} />
      </button>
      <img src={file.url} alt={file.caption || attachmentPurposes[file.purpose]} />
      <div>
        {attachmentPurposes[file.purpose]}
        {file.caption && `：${file.caption}`}
        {file.capturedAt && <div>拍摄于 {formatInstant(file.capturedAt)}</div>}
        {file.position && <div>拍摄位置 {positionWords(file.position)}</div>}
        <div>
          收到于 {formatInstant(file.receivedAt)}，{file.uploadedBy}
        </div>
        {photoDoubts(file, all, foundOn).map(({ grave, words }) => (
          <div key={words} className={grave ? 'p-doubt' : undefined}>
            {grave && <Icon name="warning" size={16} />} {words}
          </div>
        ))}
      </div>
    </div>
  )
}
