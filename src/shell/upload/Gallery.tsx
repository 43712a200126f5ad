import { FileOutlined, WarningOutlined } from '@ant-design/icons'
import { Image, Segmented, Slider } from 'antd'
import { type ReactNode, useState } from 'react'
import { type AttachmentPurpose, type AttachmentView, attachmentPurposes } from '#kernel/attachment.ts'
import { formatInstant, formatSize } from '../text/format.ts'

/** The files of a record, told apart by what they are for; a photo that was used elsewhere says so. */
export function Gallery({ files }: { files: readonly AttachmentView[] }): ReactNode {
  const sorted = (Object.keys(attachmentPurposes) as AttachmentPurpose[]).flatMap((purpose) =>
    files.filter((file) => file.purpose === purpose),
  )
  return (
    <Image.PreviewGroup>
      <ul className="zb-gallery">
        {sorted.map((file) => (
          <li key={file.id}>
            <OneFile file={file} />
          </li>
        ))}
      </ul>
    </Image.PreviewGroup>
  )
}

function OneFile({ file }: { file: AttachmentView }): ReactNode {
  return (
    <figure style={{ margin: 0 }}>
      {file.thumbUrl ? (
        <Image src={file.thumbUrl} alt={file.caption || file.name} preview={{ src: `${file.url}?variant=view` }} />
      ) : (
        <a href={file.url} target="_blank" rel="noreferrer">
          <FileOutlined /> {file.name}
        </a>
      )}
      <figcaption style={{ fontSize: 12, overflowWrap: 'anywhere' }}>
        <strong>{attachmentPurposes[file.purpose]}</strong>
        {file.caption && <div>{file.caption}</div>}
        <div>
          {file.uploadedBy}，{formatInstant(file.receivedAt)} 收到，{formatSize(file.size)}
        </div>
        {file.capturedAt && <div>拍摄于 {formatInstant(file.capturedAt)}</div>}
        {file.reusedIn.map((other) => (
          <div key={other.recordId} style={{ fontWeight: 700 }}>
            <WarningOutlined aria-hidden /> 与 {other.recordLabel} 的照片雷同
          </div>
        ))}
      </figcaption>
    </figure>
  )
}

/** The first photo before beside the last one after; the slider lays one over the other. */
export function BeforeAfter({ files }: { files: readonly AttachmentView[] }): ReactNode {
  const [mode, setMode] = useState<'side' | 'over'>('side')
  const [share, setShare] = useState(50)
  const before = files.find((file) => file.image && file.purpose === 'before')
  const after = files.filter((file) => file.image && file.purpose === 'after').at(-1)
  if (!before || !after) return null
  const view = (file: AttachmentView) => `${file.url}?variant=view`
  return (
    <section aria-label="整改前后对比" style={{ marginBottom: 16 }}>
      <Segmented
        value={mode}
        onChange={(next) => setMode(next)}
        options={[
          { value: 'side' as const, label: '并排' },
          { value: 'over' as const, label: '叠加' },
        ]}
        style={{ marginBottom: 8 }}
      />
      {mode === 'side' ? (
        <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))', gap: 8 }}>
          {[before, after].map((file) => (
            <div key={file.id} className="zb-compare">
              <img src={view(file)} alt={attachmentPurposes[file.purpose]} />
              <span className="zb-compare-mark" style={{ left: 8 }}>
                {file === before ? '整改前' : '整改后'}
              </span>
            </div>
          ))}
        </div>
      ) : (
        <>
          <div className="zb-compare">
            <img src={view(before)} alt="整改前" />
            <img src={view(after)} alt="整改后" style={{ clipPath: `inset(0 0 0 ${share}%)` }} />
            <span className="zb-compare-mark" style={{ left: 8 }}>
              整改前
            </span>
            <span className="zb-compare-mark" style={{ right: 8 }}>
              整改后
            </span>
          </div>
          <Slider
            value={share}
            onChange={setShare}
            aria-label="分界位置"
            tooltip={{ open: false }}
            style={{ maxWidth: 720 }}
          />
        </>
      )}
    </section>
  )
}
