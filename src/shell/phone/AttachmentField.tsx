import { type ChangeEvent, type ReactNode, useEffect, useRef } from 'react'
import { type AttachmentInput, type AttachmentPurpose, attachmentPurposes } from '#kernel/attachment.ts'
import { useSession } from '../session/session.tsx'
import { formatSize } from '../text/format.ts'
import { goneWords, useFinishedFile, usePicture } from '../upload/use-finished.ts'
import { type UploadItem, useUploads } from '../upload/use-uploads.ts'
import { Icon } from './icons.tsx'

interface AttachmentProps {
  readonly value: readonly AttachmentInput[]
  onChange(value: AttachmentInput[]): void
  onPending(count: number): void
  readonly purposes: readonly [AttachmentPurpose, ...AttachmentPurpose[]] | undefined
  readonly maxFiles?: number
}

/** Photos and papers of an action: one tap to the camera, another to what the phone already holds. */
export function AttachmentField(props: AttachmentProps): ReactNode {
  const { value, onChange, onPending, purposes = ['other'], maxFiles = 20 } = props
  const maxBytes = useSession().uploadMaxBytes
  const latest = useRef(value)
  latest.current = value
  const change = (next: readonly AttachmentInput[]) => {
    // Two files may finish before the form renders again; each must see the other.
    latest.current = next
    onChange([...next])
  }
  const uploads = useUploads(value, (done) => change([...latest.current, done]), {
    purpose: purposes[0],
    maxFiles,
    maxBytes,
  })
  const pending = uploads.items.filter((item) => item.status !== 'refused').length
  useEffect(() => onPending(pending), [pending, onPending])
  return (
    <div>
      <div className="p-pick">
        <Pick icon="camera" label="拍照" camera onFiles={uploads.add} />
        <Pick icon="file" label="相册或文件" onFiles={uploads.add} />
      </div>
      {value.length + uploads.items.length > 0 && (
        <ul className="p-files" aria-label="已选文件">
          {value.map((item) => (
            <Done
              key={item.uploadId}
              item={item}
              file={uploads.fileOf(item.uploadId)}
              purposes={purposes}
              onPurpose={(purpose) =>
                change(latest.current.map((other) => (other === item ? { ...item, purpose } : other)))
              }
              onRemove={() => change(latest.current.filter((other) => other.uploadId !== item.uploadId))}
            />
          ))}
          {uploads.items.map((item) => (
            <Sending
              key={item.id}
              item={item}
              onRetry={() => uploads.retry(item.id)}
              onRemove={() => uploads.drop(item.id)}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

interface PickProps {
  readonly icon: 'camera' | 'file'
  readonly label: string
  readonly camera?: boolean
  onFiles(files: File[]): void
}

function Pick({ icon, label, camera, onFiles }: PickProps): ReactNode {
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])])
    // The same photo may be chosen again after it was removed.
    event.target.value = ''
  }
  return (
    <label className="p-button">
      <Icon name={icon} /> {label}
      <input
        type="file"
        className="p-unseen"
        onChange={take}
        {...(camera ? { accept: 'image/*', capture: 'environment' } : { multiple: true })}
      />
    </label>
  )
}

/** A small picture of a file, or a sheet for what is not a picture. */
function Preview({ url }: { url: string | undefined }): ReactNode {
  if (url) return <img src={url} alt="" className="p-thumb" />
  return (
    <span className="p-thumb">
      <Icon name="file" />
    </span>
  )
}

interface DoneProps {
  readonly item: AttachmentInput
  /** Unknown when a draft came back after the page was closed; the upload itself is safe on the server. */
  readonly file: File | undefined
  readonly purposes: readonly AttachmentPurpose[]
  onPurpose(purpose: AttachmentPurpose): void
  onRemove(): void
}

function Done({ item, file, purposes, onPurpose, onRemove }: DoneProps): ReactNode {
  const { name, preview, gone } = useFinishedFile(item.uploadId, file)
  return (
    <li>
      <Preview url={preview} />
      <div className="p-file-words">
        <div className="p-file-name">{name}</div>
        {gone && (
          <div className="p-field-error" role="alert">
            {goneWords}
          </div>
        )}
        {purposes.length > 1 ? (
          <select
            value={item.purpose}
            aria-label={`${name}的用途`}
            onChange={(event) => onPurpose(event.target.value as AttachmentPurpose)}
          >
            {purposes.map((purpose) => (
              <option key={purpose} value={purpose}>
                {attachmentPurposes[purpose]}
              </option>
            ))}
          </select>
        ) : (
          <div className="p-hint">已上传，{attachmentPurposes[item.purpose]}</div>
        )}
      </div>
      <Remove name={name} onRemove={onRemove} />
    </li>
  )
}

function Sending({ item, onRetry, onRemove }: { item: UploadItem; onRetry(): void; onRemove(): void }): ReactNode {
  const { file, sent, status, problem } = item
  const broken = status === 'failed' || status === 'refused'
  return (
    <li>
      <Preview url={usePicture(file)} />
      <div className="p-file-words">
        <div className="p-file-name">
          {file.name}（{formatSize(file.size)}）
        </div>
        {broken ? (
          <div className="p-field-error" role="alert">
            {problem}
          </div>
        ) : (
          <>
            <progress max={Math.max(file.size, 1)} value={sent} aria-label={`${file.name}上传进度`} />
            {sent === file.size && <div className="p-hint">已传完，正在检查…</div>}
          </>
        )}
        {status === 'failed' && (
          <button type="button" className="p-link" onClick={onRetry}>
            重试
          </button>
        )}
      </div>
      <Remove name={file.name} onRemove={onRemove} />
    </li>
  )
}

function Remove({ name, onRemove }: { name: string; onRemove(): void }): ReactNode {
  return (
    <button type="button" className="p-square" aria-label={`移除${name}`} onClick={onRemove}>
      <Icon name="close" />
    </button>
  )
}
