import { CloseOutlined, FileOutlined, ReloadOutlined } from '@ant-design/icons'
import { Button, Input, Progress, Select, Typography } from 'antd'
import type { ReactNode } from 'react'
import { type AttachmentInput, type AttachmentPurpose, attachmentPurposes } from '#kernel/attachment.ts'
import { formatSize } from '../text/format.ts'
import { colours } from '../theme/tokens.ts'
import { goneWords, useFinishedFile, usePicture } from './use-finished.ts'
import type { UploadItem } from './use-uploads.ts'

/** A small picture of a file, or a sheet for what is not a picture. */
function Preview({ url }: { url: string | undefined }): ReactNode {
  const box = { width: 48, height: 48, flex: 'none', borderRadius: 4 }
  if (url) return <img src={url} alt="" style={{ ...box, objectFit: 'cover' }} />
  return (
    <span style={{ ...box, display: 'grid', placeItems: 'center', background: colours.neutralGround }}>
      <FileOutlined aria-hidden />
    </span>
  )
}

interface PendingUploadProps {
  readonly item: UploadItem
  onRetry(): void
  onRemove(): void
}

/** A file on its way, or one that did not get through, with the reason and what to do. */
export function PendingUpload({ item, onRetry, onRemove }: PendingUploadProps): ReactNode {
  const percent = item.file.size === 0 ? 0 : Math.floor((item.sent / item.file.size) * 100)
  const broken = item.status === 'failed' || item.status === 'refused'
  return (
    <li className="zb-upload-item">
      <Preview url={usePicture(item.file)} />
      <div>
        <Typography.Text ellipsis={{ tooltip: item.file.name }} style={{ display: 'block' }}>
          {item.file.name}（{formatSize(item.file.size)}）
        </Typography.Text>
        {broken ? (
          <Typography.Text type="danger" role="alert">
            {item.problem}
          </Typography.Text>
        ) : (
          <>
            <Progress percent={percent} size="small" aria-label={`${item.file.name}上传进度`} />
            {percent === 100 && <Typography.Text type="secondary">已传完，正在检查…</Typography.Text>}
          </>
        )}
      </div>
      {item.status === 'failed' && (
        <Button icon={<ReloadOutlined />} aria-label={`重试${item.file.name}`} onClick={onRetry} />
      )}
      <Button type="text" icon={<CloseOutlined />} aria-label={`移除${item.file.name}`} onClick={onRemove} />
    </li>
  )
}

interface FinishedUploadProps {
  readonly item: AttachmentInput
  /** Unknown when a draft came back after the page was closed; the upload itself is safe on the server. */
  readonly file: File | undefined
  readonly purposes: readonly AttachmentPurpose[]
  readonly captioned: boolean
  onChange(part: Partial<AttachmentInput>): void
  onRemove(): void
}

/** A file the server has; its caption and purpose can still be set. */
export function FinishedUpload({
  item,
  file,
  purposes,
  captioned,
  onChange,
  onRemove,
}: FinishedUploadProps): ReactNode {
  const { name, preview, gone } = useFinishedFile(item.uploadId, file)
  return (
    <li className="zb-upload-item">
      <Preview url={preview} />
      <div>
        <Typography.Text ellipsis={{ tooltip: name }} style={{ display: 'block' }}>
          {name}
        </Typography.Text>
        {gone && (
          <Typography.Text type="danger" role="alert">
            {goneWords}
          </Typography.Text>
        )}
        <div style={{ display: 'flex', gap: 8, marginTop: 4 }}>
          {purposes.length > 1 && (
            <Select
              size="small"
              value={item.purpose}
              aria-label={`${name}的用途`}
              style={{ width: 120 }}
              options={purposes.map((purpose) => ({ value: purpose, label: attachmentPurposes[purpose] }))}
              onChange={(purpose) => onChange({ purpose })}
            />
          )}
          {captioned && (
            <Input
              size="small"
              value={item.caption}
              maxLength={200}
              placeholder="说明（可不填）"
              aria-label={`${name}的说明`}
              onChange={(event) => onChange({ caption: event.target.value })}
            />
          )}
        </div>
      </div>
      <Button type="text" icon={<CloseOutlined />} aria-label={`移除${name}`} onClick={onRemove} />
    </li>
  )
}
