import { EditOutlined } from '@ant-design/icons'
import { Link, useParams } from '@tanstack/react-router'
import { Alert, Card, Progress, Skeleton, Space } from 'antd'
import type { ReactNode } from 'react'
import { useAsk } from '#shell/api/queries.ts'
import { ActionButton } from '#shell/form/ActionButton.tsx'
import { useNewRecordId } from '#shell/form/use-draft.ts'
import { EmptyState } from '#shell/layout/EmptyState.tsx'
import { ErrorView } from '#shell/layout/ErrorView.tsx'
import { PageHeader } from '#shell/layout/PageHeader.tsx'
import { useSession, useToday } from '#shell/session/session.tsx'
import { DueText } from '#shell/text/tags.tsx'
import { colours } from '#shell/theme/tokens.ts'
import {
  amountWords,
  type FormView,
  getItem,
  type ItemView,
  itemStates,
  missingOf,
  progressWords,
  quotaUnits,
  recordDeed,
  subjectKinds,
} from '../model/index.ts'
import { daysField } from './DaysPicker.tsx'
import { ExemptButton, Exemptions } from './Exemptions.tsx'
import { FactTable, fact } from './facts.tsx'
import { deedFields, deedStart } from './record-fields.ts'
import { ItemStateTag } from './words.tsx'

/** One duty of one subject in one turn: the rule, how far it is, what counts for it, what is missing. */
export default function ItemPage(): ReactNode {
  const { id = '' } = useParams({ strict: false })
  const answer = useAsk(getItem, { id })
  if (answer.error) return <ErrorView error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Skeleton active />
  const item = answer.data
  return (
    <>
      <PageHeader
        title={item.title}
        marks={<ItemStateTag state={item.state} />}
        words={`${item.subjectName}　${item.periodLabel}`}
        actions={<Tools item={item} />}
        printable
      />
      <Standing item={item} />
      <Facts item={item} />
      <Marks item={item} />
      <Exemptions item={item} />
    </>
  )
}

function Tools({ item }: { item: ItemView }): ReactNode {
  return (
    <Space wrap>
      {item.forms
        .filter((form) => item.mayRecord.includes(form.id))
        .map((form, at) => (
          // Made anew once a deed has come in: the next one is another record.
          <RecordButton key={`${form.id} ${item.marks.length}`} form={form} item={item} primary={at === 0} />
        ))}
      {item.mayExempt && <ExemptButton key={item.exemptions.length} item={item} />}
    </Space>
  )
}

function RecordButton({ form, item, primary }: { form: FormView; item: ItemView; primary: boolean }): ReactNode {
  const today = useToday()
  const { name } = useSession()
  const about = `${item.id} ${form.id}`
  const recordId = useNewRecordId(recordDeed, about)
  const { initial, fixed } = deedStart(item, today, name)
  const makeUp = today > item.endOn ? [`周期已于 ${item.endOn} 结束，现在填报的计为补做`] : []
  return (
    <ActionButton
      contract={recordDeed}
      recordId={recordId}
      about={about}
      label={`填报${form.title}`}
      submitLabel={`提交${form.title}`}
      icon={<EditOutlined />}
      primary={primary}
      subject={`${item.subjectName} ${item.periodLabel}`}
      background={[...makeUp, ...(form.verified ? ['填报后由规定的人员核验，核验前不计入'] : [])]}
      fields={deedFields(form, item, today, daysField)}
      initial={initial}
      fixed={{ ...fixed, itemId: item.id, form: form.id }}
      doneText={form.verified ? '已填报，等待核验' : '已填报并计入'}
    />
  )
}

function Standing({ item }: { item: ItemView }): ReactNode {
  const missing = missingOf(item)
  const percent = Math.min(100, Math.round((item.done / item.quota) * 100))
  const closed = itemStates[item.state].type === 'closed'
  return (
    <Card size="small" style={{ marginBottom: 12 }}>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, alignItems: 'center' }}>
        <div style={{ flex: '1 1 240px' }}>
          <strong style={{ fontSize: 18 }}>{progressWords(item)}</strong>
          <Progress percent={percent} showInfo={false} strokeColor={colours.text} aria-label={`已完成${percent}%`} />
        </div>
        <div style={{ flex: '1 1 240px' }}>
          {closed && item.metOn && <div>完成于 {item.metOn}</div>}
          {!closed && missing > 0 && item.state !== 'exempt' && (
            <div>还缺 {amountWords({ n: missing, unit: item.unit })}</div>
          )}
          {!closed && missing === 0 && item.pending > 0 && <div>{`已填报，等待核验后计入`}</div>}
          <DueText due={item.dueOn} today={useToday()} done={closed || item.state === 'exempt'} />
        </div>
      </div>
      {item.exemptReason && <Alert type="info" title={`已豁免：${item.exemptReason}`} style={{ marginTop: 8 }} />}
      {item.notRecordable && <Alert type="info" title={item.notRecordable} style={{ marginTop: 8 }} />}
    </Card>
  )
}

const sure = { high: '', medium: '（口径请启用前确认）', low: '（方案没有写明，按参数建议值，请启用前确认）' }

function Facts({ item }: { item: ItemView }): ReactNode {
  const ways = [...item.forms.map(({ title }) => title), ...item.sources]
  return (
    <FactTable
      facts={[
        fact(
          'subject',
          subjectKinds[item.subjectKind],
          item.unitId ? <Link to={`/units/${item.unitId}` as string}>{item.subjectName}</Link> : item.subjectName,
        ),
        ...(item.subjectKind === 'area' ? [] : [fact('area', '区域', item.areaName)]),
        fact('rule', '要求', `${item.quotaWords}${sure[item.confidence]}`),
        fact('clauses', '条款', item.clauses.join('、')),
        fact('period', '周期', `${item.periodLabel}（${item.startOn}至${item.endOn}）`),
        fact('body', '责任机构', item.bodyName ?? '单位自身'),
        fact('ways', '怎样算完成', ways.join('，或')),
        fact(
          'calendar',
          item.unitId ? '全年' : '对照',
          item.unitId ? (
            <Link
              to={'/duties' as string}
              search={{ unitId: item.unitId, year: Number(item.endOn.slice(0, 4)) } as never}
            >
              该单位的履责日历
            </Link>
          ) : (
            <Link to={'/duties/items' as string} search={{ rule: item.rule, period: item.period } as never}>
              同一周期的其他对象
            </Link>
          ),
        ),
        ...(item.note ? [fact('note', '说明', item.note, true)] : []),
      ]}
    />
  )
}

function Marks({ item }: { item: ItemView }): ReactNode {
  return (
    <Card size="small" title={`计入的记录（${item.marks.length}）`} style={{ marginBottom: 12 }}>
      {item.marks.length === 0 ? (
        <EmptyState
          why="还没有计入的记录"
          next={item.mayRecord.length > 0 ? '点右上方的按钮填报' : '由责任方填报后自动计入'}
        />
      ) : (
        <ul className="zb-plain">
          {item.marks.map((mark) => (
            <li key={`${mark.path ?? ''} ${mark.day} ${mark.source}`}>
              <strong>{mark.day}</strong>{' '}
              {mark.path ? <Link to={mark.path as string}>{mark.source}</Link> : mark.source}
              {mark.amount !== 1 && `　${mark.amount}${quotaUnits[item.unit]}`}
              {!mark.counted && '　待核验，尚未计入'}
              {mark.dayOff && '　休息日，不计入工作日'}
              {mark.words && <div className="zb-line">{mark.words}</div>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
