import { DownloadOutlined, FileOutlined, WarningOutlined } from '@ant-design/icons'
import { Image } from 'antd'
import type { ReactNode } from 'react'
import { type AttachmentPurpose, type AttachmentView, attachmentPurposes } from '#kernel/attachment.ts'
import { photoDoubts } from '#kernel/photo-doubts.ts'
import type { Day } from '#kernel/time.ts'
import { positionWords } from '../form/use-position.ts'
import { formatInstant, formatSize } from '../text/format.ts'

interface GalleryProps {
  readonly files: readonly AttachmentView[]
  /** Day the record was found; what a photo shows cannot be older. */
  readonly foundOn: Day
}

/** The files of a record, told apart by what they are for; what is doubtful about a photo stands below it. */
export function Gallery({ files, foundOn }: GalleryProps): ReactNode {
  const sorted = (Object.keys(attachmentPurposes) as AttachmentPurpose[]).flatMap((purpose) =>
    files.filter((file) => file.purpose === purpose),
  )
  return (
    <Image.PreviewGroup>
      <ul className="zb-gallery">
        {sorted.map((file) => (
          <li key={file.id}>
            <OneFile file={file} all={files} foundOn={foundOn} />
          </li>
        ))}
      </ul>
    </Image.PreviewGroup>
  )
}

interface OneFileProps {
  readonly file: AttachmentView
  readonly all: readonly AttachmentView[]
  readonly foundOn: Day
}

function OneFile({ file, all, foundOn }: OneFileProps): ReactNode {
  return (
    <figure>
      {file.thumbUrl ? (
        <Image src={file.thumbUrl} alt={file.caption || file.name} preview={{ src: file.url }} />
      ) : (
        <a className="zb-gallery-paper" href={file.url} target="_blank" rel="noreferrer">
          <FileOutlined style={{ fontSize: 24 }} /> {file.name}
        </a>
      )}
      <figcaption>
        <strong>{attachmentPurposes[file.purpose]}</strong>
        {file.caption && <div>{file.caption}</div>}
        {file.capturedAt && <div>拍摄于 {formatInstant(file.capturedAt)}</div>}
        {file.position && <div>拍摄位置 {positionWords(file.position)}</div>}
        <div>收到于 {formatInstant(file.receivedAt)}</div>
        <div>
          {file.uploadedBy}，{formatSize(file.size)}
        </div>
        {photoDoubts(file, all, foundOn).map(({ grave, words }) => (
          <div key={words} className={grave ? 'zb-doubt' : undefined}>
            {grave && <WarningOutlined aria-hidden />} {words}
          </div>
        ))}
        {file.originalUrl && (
          <a href={file.originalUrl}>
            <DownloadOutlined aria-hidden /> 下载原件
          </a>
        )}
      </figcaption>
    </figure>
  )
}
