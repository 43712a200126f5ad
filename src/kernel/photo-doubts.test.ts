import { describe, expect, it } from 'vitest'
import type { AttachmentView } from './attachment.ts'
import { hasGraveDoubt, photoDoubts } from './photo-doubts.ts'

const foundOn = '2026-11-20'
let serial = 0

function photo(over: Partial<AttachmentView> = {}): AttachmentView {
  serial += 1
  return {
    id: `0190a000-0000-7000-8000-${String(serial).padStart(12, '0')}`,
    purpose: 'after',
    caption: '',
    name: 'a.jpg',
    type: 'image/jpeg',
    size: 1,
    sha256: '',
    image: true,
    capturedAt: '2026-11-21T01:00:00.000Z',
    receivedAt: '2026-11-21T02:00:00.000Z',
    position: null,
    uploadedBy: '王建国',
    url: '',
    thumbUrl: '',
    originalUrl: null,
    sameAs: [],
    reusedIn: [],
    ...over,
  }
}

const said = (file: AttachmentView, all: readonly AttachmentView[] = [file]) =>
  photoDoubts(file, all, foundOn).map(({ grave, words }) => `${grave ? '！' : ''}${words}`)

describe('the time a camera gives', () => {
  it('is believed from the day of the finding until the photo arrives', () => {
    expect(said(photo())).toEqual([])
    // Midnight in the county, which is the evening before in Greenwich.
    expect(said(photo({ capturedAt: '2026-11-19T16:00:00.000Z' }))).toEqual([])
    expect(said(photo({ capturedAt: '2026-11-21T02:10:00.000Z' }))).toEqual([])
  })

  it('is doubted when it is older than the finding: gravely for what shows the work', () => {
    const older = { capturedAt: '2026-11-19T15:59:59.000Z' }
    expect(said(photo({ ...older, purpose: 'after' }))).toEqual(['！拍摄于 2026-11-19，早于发现隐患的 2026-11-20'])
    expect(said(photo({ ...older, purpose: 'review' }))[0]).toMatch(/^！/)
    expect(said(photo({ ...older, purpose: 'before' }))).toEqual(['拍摄于 2026-11-19，早于发现隐患的 2026-11-20'])
  })

  it('is doubted when it lies in the future or is missing', () => {
    expect(said(photo({ capturedAt: '2026-11-21T02:10:01.000Z' }))).toEqual([
      '！拍摄时间晚于收到时间，拍照设备的时钟可能不准',
    ])
    expect(said(photo({ capturedAt: null }))).toEqual(['没有拍摄时间，可能是转发的照片或截图'])
  })

  it('is asked of photos of a site only', () => {
    for (const over of [{ image: false }, { purpose: 'order' as const }, { purpose: 'other' as const }]) {
      expect(said(photo({ capturedAt: null, ...over }))).toEqual([])
    }
  })
})

describe('the same photo', () => {
  it('before and after is a grave matter on both', () => {
    const before = photo({ purpose: 'before' })
    const after = photo({ sameAs: [{ id: before.id, likeness: 0.97 }] })
    const told = photo({ ...before, sameAs: [{ id: after.id, likeness: 0.97 }] })
    expect(said(after, [told, after])).toEqual(['！与本隐患的整改前照片雷同'])
    expect(said(told, [told, after])).toEqual(['！与本隐患的整改后照片雷同'])
  })

  it('twice after is one too: shown again once the work was sent back', () => {
    const first = photo()
    const again = photo({ sameAs: [{ id: first.id, likeness: 1 }] })
    expect(said(again, [first, again])).toEqual(['！与另一张整改后照片雷同'])
    const found = photo({ purpose: 'before' })
    const twice = photo({ purpose: 'before', sameAs: [{ id: found.id, likeness: 1 }] })
    expect(said(twice, [found, twice])).toEqual(['与另一张整改前照片雷同'])
  })

  it('of another hazard names it', () => {
    const file = photo({ reusedIn: [{ recordId: photo().id, recordLabel: 'QY-2026-0001', likeness: 0.95 }] })
    expect(said(file)).toEqual(['！与隐患 QY-2026-0001 的照片雷同'])
    expect(hasGraveDoubt([photo(), file], foundOn)).toBe(true)
    expect(hasGraveDoubt([photo(), photo({ capturedAt: null })], foundOn)).toBe(false)
  })
})
