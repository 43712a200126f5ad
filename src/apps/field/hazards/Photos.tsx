import { type ReactNode, useEffect, useState } from 'react'
import { type AttachmentView, attachmentPurposes } from '#kernel/attachment.ts'
import { Icon } from '#shell/phone/icons.tsx'
import { Card } from '#shell/phone/parts.tsx'
import { formatInstant, formatSize } from '#shell/text/format.ts'

const view = (file: AttachmentView) => `${file.url}?variant=view`

/** Before beside after, all photos, and the papers; a touch shows a photo large with when it was taken. */
export function Photos({ files }: { files: readonly AttachmentView[] }): ReactNode {
  const [open, setOpen] = useState<AttachmentView>()
  if (files.length === 0) return null
  const photos = files.filter((file) => file.thumbUrl !== null)
  const before = photos.find((file) => file.purpose === 'before')
  const after = photos.filter((file) => file.purpose === 'after').at(-1)
  const papers = files.filter((file) => file.thumbUrl === null)
  return (
    <Card title={`照片资料（${files.length}）`}>
      {before && after && (
        <div className="p-compare">
          {[before, after].map((file) => (
            <button key={file.id} type="button" onClick={() => setOpen(file)}>
              <img src={view(file)} alt={attachmentPurposes[file.purpose]} loading="lazy" />
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
            </li>
          ))}
        </ul>
      )}
      {papers.length > 0 && (
        <ul className="p-items">
          {papers.map((file) => (
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
      )}
      {open && <Viewer file={open} onClose={() => setOpen(undefined)} />}
    </Card>
  )
}

function Viewer({ file, onClose }: { file: AttachmentView; onClose(): void }): ReactNode {
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
      <img src={view(file)} alt={file.caption || attachmentPurposes[file.purpose]} />
      <div>
        {attachmentPurposes[file.purpose]}
        {file.caption && `：${file.caption}`}
        <div>
          {file.uploadedBy}，{formatInstant(file.receivedAt)} 收到
          {file.capturedAt && `，拍摄于 ${formatInstant(file.capturedAt)}`}
        </div>
        {file.reusedIn.map((other) => (
          <div key={other.recordId}>
            <Icon name="warning" size={16} /> 与 {other.recordLabel} 的照片雷同
          </div>
        ))}
      </div>
    </div>
  )
}
