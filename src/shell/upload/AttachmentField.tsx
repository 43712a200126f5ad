import { CameraOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Button, Typography } from 'antd'
import { type ChangeEvent, type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { type AttachmentInput, type AttachmentPurpose, attachmentPurposes } from '#kernel/attachment.ts'
import { useSession } from '../session/session.tsx'
import { formatSize } from '../text/format.ts'
import { colours } from '../theme/tokens.ts'
import { FinishedUpload, PendingUpload } from './UploadItems.tsx'
import { useUploads } from './use-uploads.ts'

/** The form's own styles give file inputs a display, which beats the hidden attribute. */
const unseen = { display: 'none' } as const

export interface AttachmentFieldProps {
  readonly id?: string
  readonly value?: readonly AttachmentInput[]
  onChange?(value: AttachmentInput[]): void
  /** What the files are; the person may choose when there are several, the first is taken for new files. */
  readonly purposes?: readonly [AttachmentPurpose, ...AttachmentPurpose[]]
  readonly maxFiles?: number
  /** As the file dialog takes it, such as 'image/*'. */
  readonly accept?: string
  /** False where a file is only read: nobody would ever see what is said of it. */
  readonly captioned?: boolean
  /** Told how many files are still on their way, so that the form waits for them. */
  onPending?(count: number): void
}

/** Photos and papers for an action: dropped, chosen or taken with the phone's camera. Holds finished uploads only. */
export function AttachmentField(props: AttachmentFieldProps): ReactNode {
  const { value = [], onChange, purposes = ['other'], maxFiles = 20, captioned = true, onPending } = props
  const maxBytes = useSession().uploadMaxBytes
  const latest = useRef(value)
  latest.current = value
  const change = (next: readonly AttachmentInput[]) => {
    // Two files may finish before the form renders again; each must see the other.
    latest.current = next
    onChange?.([...next])
  }
  const rules = { purpose: purposes[0], maxFiles, maxBytes }
  const uploads = useUploads(value, (done) => change([...latest.current, done]), rules)
  const pending = uploads.items.filter((item) => item.status !== 'refused').length
  useEffect(() => onPending?.(pending), [pending, onPending])
  const update = (id: string, part: Partial<AttachmentInput>) =>
    change(latest.current.map((item) => (item.uploadId === id ? { ...item, ...part } : item)))
  return (
    <div>
      <FilePicker id={props.id} accept={props.accept} maxFiles={maxFiles} maxBytes={maxBytes} onFiles={uploads.add} />
      {value.length + uploads.items.length > 0 && (
        <ul className="zb-upload-list" aria-label="已选文件">
          {value.map((item) => (
            <FinishedUpload
              key={item.uploadId}
              item={item}
              file={uploads.fileOf(item.uploadId)}
              purposes={purposes}
              captioned={captioned}
              onChange={(part) => update(item.uploadId, part)}
              onRemove={() => change(latest.current.filter((other) => other.uploadId !== item.uploadId))}
            />
          ))}
          {uploads.items.map((item) => (
            <PendingUpload
              key={item.id}
              item={item}
              onRetry={() => uploads.retry(item.id)}
              onRemove={() => uploads.drop(item.id)}
            />
          ))}
        </ul>
      )}
      {purposes.length === 1 && purposes[0] !== 'other' && (
        <Typography.Text type="secondary">上传为：{attachmentPurposes[purposes[0]]}</Typography.Text>
      )}
    </div>
  )
}

/** A file let go beside the field would open in place of the page, and take what was typed with it. */
function useCatchStrayDrops(): void {
  useEffect(() => {
    const stay = (event: Event) => event.preventDefault()
    window.addEventListener('dragover', stay)
    window.addEventListener('drop', stay)
    return () => {
      window.removeEventListener('dragover', stay)
      window.removeEventListener('drop', stay)
    }
  }, [])
}

interface FilePickerProps {
  readonly id: string | undefined
  readonly accept: string | undefined
  readonly maxFiles: number
  readonly maxBytes: number
  onFiles(files: readonly File[]): void
}

function FilePicker({ id, accept, maxFiles, maxBytes, onFiles }: FilePickerProps): ReactNode {
  const chooser = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])])
    // Without this the same photo cannot be chosen again after it was removed.
    event.target.value = ''
  }
  useCatchStrayDrops()
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    onFiles([...event.dataTransfer.files])
  }
  return (
    <fieldset
      aria-label="上传文件"
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      style={{
        border: `1px dashed ${over ? colours.primary : colours.border}`,
        borderRadius: 4,
        padding: 12,
        margin: 0,
        minWidth: 0,
      }}
    >
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, alignItems: 'center' }}>
        <Button id={id} icon={<PaperClipOutlined />} onClick={() => chooser.current?.click()}>
          选择文件
        </Button>
        {(!accept || accept.includes('image')) && (
          <Button icon={<CameraOutlined />} onClick={() => camera.current?.click()}>
            拍照
          </Button>
        )}
        <Typography.Text type="secondary">
          可拖入，最多{maxFiles}个，每个不超过{formatSize(maxBytes)}
        </Typography.Text>
      </div>
      <input
        ref={chooser}
        type="file"
        multiple={maxFiles > 1}
        style={unseen}
        {...(accept ? { accept } : {})}
        onChange={take}
      />
      <input ref={camera} type="file" accept="image/*" capture="environment" style={unseen} onChange={take} />
    </fieldset>
  )
}
