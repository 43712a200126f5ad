import { CalendarOutlined, PlusOutlined, SoundOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import type { ReactNode } from 'react'
import { useNarrow } from '#shell/layout/narrow.ts'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useCan } from '#shell/session/session.tsx'
import type { Search } from '#shell/table/types.ts'
import { Board } from './Board.tsx'
import { ListingTable } from './ListingTable.tsx'

/** 挂牌督办, as a board on a desk and as a list on a phone or when filters are asked for. */
export default function BoardPage(): ReactNode {
  const narrow = useNarrow()
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as Search
  const mayPropose = useCan('listing.propose')
  const mayBatch = useCan('listing.readBatch')
  // Any filter in the address asks for the list; the board has none.
  const list = narrow || Object.keys(search).length > 0
  return (
    <>
      <PageHeader
        title="挂牌督办"
        words="重大事故隐患挂牌督办：提请、批准、下达督办令、公示、申请销案、摘牌销案。"
        actions={
          <>
            {!narrow && (
              <Segmented
                aria-label="显示方式"
                value={list ? 'list' : 'board'}
                options={[
                  { value: 'board', label: '看板' },
                  { value: 'list', label: '清单' },
                ]}
                onChange={(view) =>
                  void navigate({ to: '/listings', search: (view === 'list' ? { size: 20 } : {}) as never })
                }
              />
            )}
            {mayBatch && (
              <Button icon={<CalendarOutlined />} onClick={() => void navigate({ to: '/listings/batches' })}>
                年度批次
              </Button>
            )}
            <Button icon={<SoundOutlined />} onClick={() => void navigate({ to: '/listings/publicity' })}>
              公示
            </Button>
            {mayPropose && (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate({ to: '/listings/propose' })}>
                提请挂牌
              </Button>
            )}
          </>
        }
        printable
      />
      {list ? <ListingTable /> : <Board />}
    </>
  )
}
