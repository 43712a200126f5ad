import { useNavigate, useSearch } from '@tanstack/react-router'
import { Alert, Button, Select, Skeleton, Space } from 'antd'
import type { ReactNode } from 'react'
import { listAreas, listBodies } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useSession, useToday } from '#shell/session/session.tsx'
import { dutyCalendar } from '../model/index.ts'
import { YearTable } from './YearTable.tsx'
import './duty.css'

interface Address {
  readonly year?: number
  readonly unitId?: string
  readonly bodyId?: string
  readonly area?: string
}

/** 履责日历: what one body, town or unit has to do in a year, and how each turn stands. */
export default function CalendarPage(): ReactNode {
  const address = useSearch({ strict: false }) as Address
  const navigate = useNavigate()
  const thisYear = Number(useToday().slice(0, 4))
  const { year = thisYear, unitId, bodyId, area } = address
  const asked = {
    ...(unitId ? { unitId } : {}),
    ...(bodyId ? { bodyId } : {}),
    ...(area ? { area: String(area) } : {}),
  }
  const answer = useAsk(dutyCalendar, { year, ...asked }, { keepPrevious: true })
  const go = (next: Address) => void navigate({ to: '/duties', search: next as never, replace: true })
  const subject = answer.data?.subject
  return (
    <>
      <PageHeader
        title="履责日历"
        words={subject ? `${subject}　${year}年` : '应当履行的职责按周期排列，点开看依据的记录'}
        actions={
          <Choice
            address={{ ...address, year }}
            years={[thisYear + 1, thisYear, thisYear - 1, thisYear - 2]}
            onGo={go}
          />
        }
        printable
      />
      {answer.error && <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />}
      {!answer.data && !answer.error && <Skeleton active />}
      {answer.data && answer.data.lines.length === 0 && (
        <EmptyState
          why={subject ? '这一年没有应当履行的职责' : '请选择要看的机构或乡镇'}
          next={subject ? '换一个年份，或看别的机构' : '单位的履责日历在单位页面或履责清单中打开'}
        />
      )}
      {answer.data && answer.data.leftOut > 0 && (
        <Alert
          type="info"
          title={`另有${answer.data.leftOut}行没有列出，请到履责清单中筛选查看`}
          style={{ marginBottom: 12 }}
        />
      )}
      {answer.data && answer.data.lines.length > 0 && <YearTable lines={answer.data.lines} year={year} />}
    </>
  )
}

interface ChoiceProps {
  readonly address: Address & { readonly year: number }
  readonly years: readonly number[]
  onGo(next: Address): void
}

/** Whose calendar: one of the bodies, or a town as the place where others act. A unit sees its own and chooses nothing. */
function Choice({ address, years, onGo }: ChoiceProps): ReactNode {
  const { grants } = useSession()
  const ofUnit = grants.every((grant) => grant.unitId !== null)
  const bodies = useAsk(listBodies, {}, { staleTime: 600_000, enabled: !ofUnit }).data?.bodies ?? []
  const areas = useAsk(listAreas, { supervisedOnly: true }, { staleTime: 600_000, enabled: !ofUnit }).data?.areas ?? []
  const chosen = address.bodyId ? `body:${address.bodyId}` : address.area ? `area:${address.area}` : undefined
  const choose = (value: string | undefined) => {
    const [kind, id] = value?.split(':') ?? []
    onGo({
      year: address.year,
      ...(kind === 'body' && id ? { bodyId: id } : kind === 'area' && id ? { area: id } : {}),
    })
  }
  return (
    <Space wrap>
      {!ofUnit && (
        <Select
          aria-label="机构或乡镇"
          style={{ width: 240 }}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="本机构"
          value={chosen}
          onChange={choose}
          options={[
            {
              label: '按责任机构',
              options: bodies.map(({ id, name }) => ({ value: `body:${id}`, label: name })),
            },
            {
              label: '按乡镇、开发区（对其开展的）',
              options: areas.map(({ code, name }) => ({ value: `area:${code}`, label: `${name}（区域）` })),
            },
          ]}
        />
      )}
      <Select
        aria-label="年份"
        style={{ width: 100 }}
        value={address.year}
        onChange={(year) => onGo({ ...address, year })}
        options={[...new Set([address.year, ...years])].sort().map((value) => ({ value, label: `${value}年` }))}
      />
      {address.unitId && <Button onClick={() => onGo({ year: address.year })}>看本机构</Button>}
    </Space>
  )
}
