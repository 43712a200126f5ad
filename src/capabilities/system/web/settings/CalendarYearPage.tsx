import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Alert, Button, Card, Checkbox, Skeleton } from 'antd'
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { type Day, weekday } from '#kernel/time.ts'
import { ask, mintId } from '#shell/api/client.ts'
import { asApiProblem } from '#shell/api/problem.ts'
import { useAsk } from '#shell/api/queries.ts'
import { ActionForm } from '#shell/form/ActionForm.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useToday } from '#shell/session/session.tsx'
import {
  type CalendarYear,
  changedDays,
  getCalendar,
  openCalendarYear,
  previewCalendarYear,
  setCalendarYear,
  type YearDays,
} from '../../model/index.ts'
import { MovesView } from './MovesView.tsx'
import { NoticeReader } from './NoticeReader.tsx'
import { YearMonths } from './YearMonths.tsx'

const noDays: YearDays = { holidays: [], workdays: [], complete: false }

/** Enters or corrects one year: paste the notice, check the days, look at what it moves, say on what grounds. */
export default function CalendarYearPage(): ReactNode {
  const { year = '' } = useParams({ strict: false }) as { year?: string }
  const answer = useAsk(getCalendar, {})
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const known = answer.data.years.find((row) => String(row.year) === year)
  // Made anew when somebody else has changed the year meanwhile.
  return <YearEditor key={`${year}-${known?.version}`} year={Number(year)} known={known} />
}

function toggled(days: YearDays, day: Day): YearDays {
  const turn = (list: readonly Day[]) =>
    list.includes(day) ? list.filter((one) => one !== day) : [...list, day].sort()
  return weekday(day) >= 6 && !days.holidays.includes(day)
    ? { ...days, workdays: turn(days.workdays) }
    : { ...days, holidays: turn(days.holidays) }
}

function YearEditor({ year, known }: { year: number; known: CalendarYear | undefined }): ReactNode {
  const today = useToday()
  const was: YearDays = known ?? noDays
  const [days, setDays] = useState<YearDays>(was)
  const { free, worked } = changedDays(year, was, days)
  return (
    <>
      <PageHeader
        title={known ? `${year}年放假安排` : `开立${year}年工作日历`}
        words={
          <Link to="/system/calendar" search={{ year } as never}>
            工作日历
          </Link>
        }
      />
      <NoticeReader year={year} onUse={({ holidays, workdays }) => setDays({ holidays, workdays, complete: true })} />
      <Card size="small" title="二、核对日期" style={{ marginBottom: 12 }}>
        <p style={{ marginTop: 0 }}>点一个日期可以改：周一至周五点为放假，周六周日点为上班，再点恢复。</p>
        <YearMonths
          year={year}
          days={days}
          today={today}
          changed={new Set([...free, ...worked])}
          onToggle={(day) => setDays(toggled(days, day))}
        />
        <Checkbox checked={days.complete} onChange={(event) => setDays({ ...days, complete: event.target.checked })}>
          全年通知已录全（不再标“未公布”）
        </Checkbox>
      </Card>
      <Confirm key={JSON.stringify(days)} year={year} known={known} days={days} />
    </>
  )
}

type Preview = z.output<typeof previewCalendarYear.output>

interface ConfirmProps {
  readonly year: number
  readonly known: CalendarYear | undefined
  readonly days: YearDays
}

/** Made anew whenever a day changes, so that nothing is confirmed whose effect was not looked at. */
function Confirm({ year, known, days }: ConfirmProps): ReactNode {
  const [preview, setPreview] = useState<Preview>()
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const look = async () => {
    setBusy(true)
    setProblem(undefined)
    try {
      setPreview(await ask(previewCalendarYear, { year, ...input(days) }))
    } catch (error) {
      setProblem(asApiProblem(error).detail)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Card size="small" title="三、看影响，再保存">
      {problem && <Alert type="error" role="alert" title={problem} style={{ marginBottom: 12 }} />}
      {!preview && (
        <Button type="primary" loading={busy} onClick={() => void look()}>
          预览影响
        </Button>
      )}
      {preview && (
        <>
          <PreviewWords preview={preview} />
          <Save year={year} known={known} days={days} />
        </>
      )}
    </Card>
  )
}

const input = ({ holidays, workdays, complete }: YearDays) => ({
  holidays: [...holidays],
  workdays: [...workdays],
  complete,
})

function PreviewWords({ preview }: { preview: Preview }): ReactNode {
  const { workingDays, free, worked, doubts, moves } = preview
  return (
    <>
      {doubts.map((doubt) => (
        <Alert key={doubt} type="warning" showIcon title={doubt} style={{ marginBottom: 12 }} />
      ))}
      <p>
        全年工作日 {workingDays.was} 天 → {workingDays.will} 天。
        {free.length > 0 && `改为放假 ${free.length} 天：${free.join('、')}。`}
        {worked.length > 0 && `改为工作日 ${worked.length} 天：${worked.join('、')}。`}
        {free.length + worked.length === 0 && '没有日期改变。'}
      </p>
      <MovesView moves={moves} />
    </>
  )
}

function Save({ year, known, days }: ConfirmProps): ReactNode {
  const navigate = useNavigate()
  const [recordId] = useState(mintId)
  const form = {
    fields: [
      {
        kind: 'area',
        name: 'reason',
        label: '依据',
        required: true,
        max: 300,
        placeholder: `例如：国务院办公厅关于${year}年部分节假日安排的通知`,
      },
    ] as const,
    submitLabel: '保存',
    doneText: '已保存，未到的提醒正在后台重算',
    onDone: () => void navigate({ to: '/system/calendar', search: { year } as never }),
  }
  if (known) {
    const { id, version } = known
    return <ActionForm {...form} contract={setCalendarYear} recordId={id} version={version} fixed={input(days)} />
  }
  return <ActionForm {...form} contract={openCalendarYear} recordId={recordId} fixed={{ year, ...input(days) }} />
}
