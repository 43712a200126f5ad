import { PrinterOutlined } from '@ant-design/icons'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { type CSSProperties, type ReactNode, useEffect } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { formatLongDay } from '#shell/text/format.ts'
import { colours } from '#shell/theme/tokens.ts'
import { getListing, type ListingDetailView } from '../../model/index.ts'
import { OrderContents } from './OrderContents.tsx'

interface LetterProps {
  readonly title: string
  /** Said when there is nothing to print yet. */
  readonly early: { readonly why: string; readonly next: string }
  ready(listing: ListingDetailView): boolean
  readonly children: (listing: ListingDetailView) => ReactNode
}

/** A paper of a listing as it goes to the unit, on A4. */
function LetterSheet({ title, early, ready, children }: LetterProps): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const answer = useAsk(getListing, { id })
  useEffect(() => {
    document.title = title
  }, [title])
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const listing = answer.data
  const back = <Link to={`/listings/${id}`}>回到挂牌督办</Link>
  if (!ready(listing)) return <EmptyState {...early} action={back} />
  return (
    <>
      <div className="zb-no-print" style={{ display: 'flex', gap: 16, alignItems: 'center', marginBottom: 12 }}>
        {back}
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <article style={sheet}>
        <h1 style={{ fontSize: '22pt', lineHeight: '34pt', textAlign: 'center', margin: '0 0 8pt' }}>{title}</h1>
        {children(listing)}
      </article>
    </>
  )
}

const sheet: CSSProperties = {
  background: colours.surface,
  maxWidth: '156mm',
  margin: '0 auto',
  padding: '24px clamp(16px, 6vw, 48px)',
  // Official papers are set in 仿宋, 16 pt, about 29 pt from line to line (GB/T 9704).
  fontFamily: 'FangSong, "FangSong_GB2312", STFangsong, "Noto Serif CJK SC", serif',
  fontSize: '16pt',
  lineHeight: '29pt',
  overflowWrap: 'anywhere',
}

const addressee = (listing: ListingDetailView): string => `${listing.unitName || `${listing.areaName}有关责任单位`}：`

/** Number, to whom, what, from whom and when: the parts every such paper has. */
function Letter(props: {
  readonly listing: ListingDetailView
  readonly document: string
  readonly on: string | null
  readonly children: ReactNode
}): ReactNode {
  const { listing, on, children } = props
  return (
    <>
      <p style={{ textAlign: 'center', margin: '0 0 24pt' }}>{props.document}</p>
      <p style={{ margin: 0 }}>{addressee(listing)}</p>
      {children}
      <div style={{ breakInside: 'avoid', textAlign: 'right', margin: '32pt 0 0' }}>
        <p style={{ margin: 0 }}>{listing.listingBodyName ?? ''}</p>
        <p style={{ margin: 0 }}>{formatLongDay(on)}</p>
      </div>
    </>
  )
}

const paragraph: CSSProperties = { margin: '0 0 8pt', textIndent: '2em' }

/** 督办通知书: what is ordered, in its five contents. */
export function OrderLetter(): ReactNode {
  return (
    <LetterSheet
      title="重大事故隐患挂牌督办通知书"
      early={{ why: '督办令还没有下达，没有通知书', next: '批准后由挂牌机关下达督办令' }}
      ready={(listing) => listing.order !== null}
    >
      {(listing) => (
        <Letter listing={listing} document={listing.document} on={listing.orderedOn}>
          <p style={paragraph}>
            你单位存在的重大事故隐患（编号{listing.hazardNumber}）已决定挂牌督办，由
            {listing.supervisingBodyName ?? '有关部门'}负责督办。现将有关事项通知如下。
          </p>
          <OrderContents listing={listing} />
        </Letter>
      )}
    </LetterSheet>
  )
}

/** 销案通知书: the case is closed, upon which facts and by which decision. */
export function EndingLetter(): ReactNode {
  return (
    <LetterSheet
      title="重大事故隐患挂牌督办销案通知书"
      early={{ why: '还没有摘牌销案，没有通知书', next: '隐患销号后由挂牌机关办理摘牌销案' }}
      ready={(listing) => listing.state === 'delisted'}
    >
      {(listing) => (
        <Letter listing={listing} document={listing.ending?.document ?? ''} on={listing.endedOn}>
          <p style={paragraph}>
            {formatLongDay(listing.orderedOn)}，《重大事故隐患挂牌督办通知书》（{listing.document}
            ）对你单位重大事故隐患（编号{listing.hazardNumber}）实行挂牌督办。督办事项：
            {withStop(listing.order?.matters ?? listing.description)}
          </p>
          <p style={paragraph}>
            该隐患已于{formatLongDay(listing.hazardClosedOn)}审批销号。
            {withStop(listing.ending?.reason ?? '')}经研究，决定予以摘牌销案。
          </p>
          <p style={paragraph}>你单位应当巩固整改成果，防止隐患反弹。</p>
        </Letter>
      )}
    </LetterSheet>
  )
}

const withStop = (text: string): string => (text === '' || /[。！？]$/.test(text) ? text : `${text}。`)
