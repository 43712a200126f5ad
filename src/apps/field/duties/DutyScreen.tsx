import { type ReactNode, useState } from 'react'
import {
  type FormView,
  getItem,
  type ItemView,
  itemStates,
  progressWords,
  recordDeed,
} from '#capabilities/duty/model/index.ts'
import { deedFields, deedStart } from '#capabilities/duty/web/record-fields.ts'
import { useAsk } from '#shell/api/queries.ts'
import { useNewRecordId } from '#shell/form/use-draft.ts'
import { ActionForm } from '#shell/phone/ActionForm.tsx'
import { Card, DueText, ErrorNote, Loading, StateTag } from '#shell/phone/parts.tsx'
import { goBack } from '#shell/phone/router.tsx'
import { useSession, useToday } from '#shell/session/session.tsx'

/** One duty with the form that fulfils it already open: a photo and a touch, and the month's check is done. */
export function DutyScreen({ id }: { id: string }): ReactNode {
  const answer = useAsk(getItem, { id })
  const [chosen, setChosen] = useState<string>()
  if (answer.error && !answer.data) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Loading />
  const item = answer.data
  const mine = item.forms.filter((form) => item.mayRecord.includes(form.id))
  const form = mine.find((one) => one.id === chosen) ?? mine[0]
  const closed = itemStates[item.state].type === 'closed'
  return (
    <>
      <Standing item={item} closed={closed} />
      {mine.length > 1 && !closed && (
        <div className="p-pick">
          {mine.map((one) => (
            <button
              key={one.id}
              type="button"
              className={one === form ? 'p-button p-primary' : 'p-button'}
              aria-pressed={one === form}
              onClick={() => setChosen(one.id)}
            >
              {one.title}
            </button>
          ))}
        </div>
      )}
      {form && !closed && <Recording key={`${form.id} ${item.marks.length}`} item={item} form={form} />}
    </>
  )
}

function Standing({ item, closed }: { item: ItemView; closed: boolean }): ReactNode {
  const today = useToday()
  return (
    <Card title={item.title}>
      <p className="p-line">
        <StateTag state={itemStates[item.state]} />
        <span>{item.periodLabel}</span>
        <DueText due={item.dueOn} today={today} done={closed} />
      </p>
      <p>
        {item.quotaWords}，已完成 {progressWords(item)}
      </p>
      {item.exemptReason && <p className="p-hint">已豁免：{item.exemptReason}</p>}
      {item.notRecordable && <p className="p-hint">{item.notRecordable}</p>}
      {item.marks.length > 0 && (
        <ul className="p-items">
          {item.marks.map((mark) => (
            <li key={`${mark.day} ${mark.path ?? mark.source}`}>
              {mark.day} {mark.source}
              {!mark.counted && '（待核验）'}
              {mark.words && <div className="p-hint">{mark.words}</div>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Recording({ item, form }: { item: ItemView; form: FormView }): ReactNode {
  const today = useToday()
  const { name } = useSession()
  const about = `${item.id} ${form.id}`
  const recordId = useNewRecordId(recordDeed, about)
  const { initial, fixed } = deedStart(item, today, name)
  return (
    <ActionForm
      contract={recordDeed}
      recordId={recordId}
      about={about}
      fields={deedFields(form, item, today)}
      initial={initial}
      fixed={{ ...fixed, itemId: item.id, form: form.id }}
      submitLabel={`提交${form.title}`}
      background={today > item.endOn ? [`周期已于 ${item.endOn} 结束，现在填报的计为补做`] : []}
      doneText={form.verified ? '已填报，等待核验' : '已填报并计入'}
      onDone={() => goBack('/duties')}
    />
  )
}
