import { PrinterOutlined } from '@ant-design/icons'
import { Link, useParams } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { type CSSProperties, type ReactNode, useEffect } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { formatLongDay } from '#shell/text/format.ts'
import { colours } from '#shell/theme/tokens.ts'
import { getListing, type ListingDetailView } from '../model/index.ts'
import { OrderContents } from './OrderContents.tsx'

/** The 督办通知书 as it goes to the unit, on A4. */
export default function LetterPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const answer = useAsk(getListing, { id })
  useEffect(() => {
    document.title = '重大事故隐患挂牌督办通知书'
  }, [])
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const back = <Link to={`/listings/${id}`}>回到挂牌督办</Link>
  if (!answer.data.order) {
    return <EmptyState why="督办令还没有下达，没有通知书" next="批准后由挂牌机关下达督办令" action={back} />
  }
  return (
    <>
      <div className="zb-no-print" style={{ display: 'flex', gap: 16, alignItems: 'center', marginBottom: 12 }}>
        {back}
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          打印
        </Button>
      </div>
      <Letter listing={answer.data} />
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

function Letter({ listing }: { listing: ListingDetailView }): ReactNode {
  return (
    <article style={sheet}>
      <h1 style={{ fontSize: '22pt', lineHeight: '34pt', textAlign: 'center', margin: '0 0 8pt' }}>
        重大事故隐患挂牌督办通知书
      </h1>
      <p style={{ textAlign: 'center', margin: '0 0 24pt' }}>{listing.document}</p>
      <p style={{ margin: 0 }}>{listing.unitName || `${listing.areaName}有关责任单位`}：</p>
      <p style={{ margin: '0 0 8pt', textIndent: '2em' }}>
        你单位存在的重大事故隐患（编号{listing.hazardNumber}）已决定挂牌督办，由
        {listing.supervisingBodyName ?? '有关部门'}负责督办。现将有关事项通知如下。
      </p>
      <OrderContents listing={listing} />
      <p style={{ textAlign: 'right', margin: '32pt 0 0' }}>{listing.listingBodyName ?? ''}</p>
      <p style={{ textAlign: 'right', margin: 0 }}>{formatLongDay(listing.orderedOn)}</p>
    </article>
  )
}
