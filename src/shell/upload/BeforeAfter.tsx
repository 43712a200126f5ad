import { Segmented, Slider } from 'antd'
import { type ReactNode, useState } from 'react'
import { type AttachmentView, attachmentPurposes } from '#kernel/attachment.ts'

interface Side {
  readonly name: string
  readonly photos: readonly AttachmentView[]
  readonly shown: AttachmentView
  choose(id: string): void
}

function useSide(name: string, photos: readonly AttachmentView[], first: AttachmentView | undefined): Side | undefined {
  const [chosen, choose] = useState<string>()
  const shown = photos.find((file) => file.id === chosen) ?? first
  return shown && { name, photos, shown, choose }
}

/** A photo before beside one after; a slider lays one over the other. Of several, the first before and the last after. */
export function BeforeAfter({ files }: { files: readonly AttachmentView[] }): ReactNode {
  const [mode, setMode] = useState<'side' | 'over'>('side')
  const photos = (purpose: 'before' | 'after') => files.filter((file) => file.image && file.purpose === purpose)
  const before = useSide('整改前', photos('before'), photos('before')[0])
  const after = useSide('整改后', photos('after'), photos('after').at(-1))
  if (!before || !after) return null
  return (
    <section aria-label="整改前后对比" className="zb-before-after">
      <Segmented
        value={mode}
        onChange={(next) => setMode(next)}
        options={[
          { value: 'side' as const, label: '并排' },
          { value: 'over' as const, label: '叠加' },
        ]}
      />
      {mode === 'side' ? (
        <div className="zb-compare-pair">
          {[before, after].map((side) => (
            <div key={side.name} className="zb-compare">
              <img src={side.shown.url} alt={attachmentPurposes[side.shown.purpose]} />
              <span className="zb-compare-mark" style={{ left: 8 }}>
                {side.name}
              </span>
            </div>
          ))}
        </div>
      ) : (
        <Laid before={before} after={after} />
      )}
      <div className="zb-compare-pair">
        {[before, after].map((side) => (
          <Choice key={side.name} side={side} />
        ))}
      </div>
    </section>
  )
}

function Laid({ before, after }: { before: Side; after: Side }): ReactNode {
  const [share, setShare] = useState(50)
  return (
    <div className="zb-compare-over">
      <div className="zb-compare">
        <img src={before.shown.url} alt="整改前照片" />
        <img src={after.shown.url} alt="整改后照片" style={{ clipPath: `inset(0 0 0 ${share}%)` }} />
        <span className="zb-compare-line" style={{ left: `${share}%` }} />
        <span className="zb-compare-mark" style={{ left: 8 }}>
          整改前
        </span>
        <span className="zb-compare-mark" style={{ right: 8 }}>
          整改后
        </span>
      </div>
      <Slider value={share} onChange={setShare} aria-label="分界位置" tooltip={{ open: false }} />
    </div>
  )
}

/** Which of several photos of one side is compared. */
function Choice({ side }: { side: Side }): ReactNode {
  if (side.photos.length < 2) return <div />
  return (
    <fieldset className="zb-compare-choice" aria-label={`选择${side.name}照片`}>
      {side.photos.map((file, at) => (
        <button
          key={file.id}
          type="button"
          aria-pressed={file.id === side.shown.id}
          aria-label={`${side.name}第${at + 1}张`}
          onClick={() => side.choose(file.id)}
        >
          <img src={file.thumbUrl ?? ''} alt="" />
        </button>
      ))}
    </fieldset>
  )
}
