import type { ReactNode } from 'react'
import { ActionBar, type ActionPlan } from '#shell/form/ActionBar.tsx'
import { useToday } from '#shell/session/session.tsx'
import {
  approveBatch,
  type BatchView,
  orderBatch,
  orderContents,
  publishBatch,
  returnBatch,
  revokeNone,
  submitBatch,
  takeBackBatch,
  voidBatch,
} from '../../model/index.ts'
import { document, words } from '../fields.ts'

interface BatchActionsProps {
  readonly batch: BatchView
  readonly extra?: ReactNode
}

/** What may be done with the batch now; choosing and dropping stand at the lists themselves. */
export function BatchActions({ batch, extra }: BatchActionsProps): ReactNode {
  const today = useToday()
  const waiting = batch.items.some(({ listing }) => listing?.state === 'approved')
  const over = waiting ? publishBatch.id : orderBatch.id
  return (
    <ActionBar
      recordId={batch.id}
      version={batch.version}
      allowed={batch.allowedActions.filter(({ action }) => batch.state !== 'approved' || action !== over)}
      plans={{ ...drafting, ...deciding(batch, today), ...carryingOut(batch, today) }}
      sideBySide={1}
      extra={extra}
    />
  )
}

const drafting: Readonly<Record<string, ActionPlan>> = {
  [submitBatch.id]: {
    contract: submitBatch,
    primary: true,
    fields: [words('statement', '提请审定的说明', 500, '提请后名单中的隐患一并提请挂牌，等待会议审定')],
  },
  [voidBatch.id]: { contract: voidBatch, danger: true, fields: [words('reason', '作废的理由', 500)] },
  [takeBackBatch.id]: { contract: takeBackBatch, fields: [words('reason', '撤回的理由', 500)] },
  [returnBatch.id]: { contract: returnBatch, fields: [words('reason', '退回的理由', 500)] },
  [revokeNone.id]: { contract: revokeNone, fields: [words('reason', '撤销的理由', 500)] },
}

/** The meeting: all stand on the list unless they are left out with a reason. */
function deciding(batch: BatchView, today: string): Readonly<Record<string, ActionPlan>> {
  return {
    [approveBatch.id]: {
      contract: approveBatch,
      primary: true,
      initial: { meetingOn: today, leftOut: [] },
      fields: [
        { kind: 'text', name: 'meeting', label: '会议名称', max: 100, required: true },
        {
          kind: 'day',
          name: 'meetingOn',
          label: '会议日期',
          required: true,
          min: batch.submission?.on,
          max: today,
        },
        document('审定文件的文号', true),
        words('opinion', '审定意见', 500),
        {
          kind: 'list',
          name: 'leftOut',
          label: `会议决定不列入的（名单共${batch.items.length}条，其余一并批准）`,
          addLabel: '添加一条不列入的',
          fields: [
            {
              kind: 'select',
              name: 'hazardId',
              label: '隐患',
              options: batch.items.map((item) => ({
                value: item.hazardId,
                label: `${item.hazardNumber} ${item.unitName}`,
              })),
            },
            { kind: 'text', name: 'reason', label: '不列入的理由', max: 200 },
          ],
        },
        { kind: 'attachments', name: 'attachments', label: '会议纪要等文件', purposes: ['order', 'other'], max: 10 },
      ],
    },
  }
}

function carryingOut(batch: BatchView, today: string): Readonly<Record<string, ActionPlan>> {
  const waiting = batch.items.filter(({ listing }) => listing?.state === 'approved').length
  return {
    [orderBatch.id]: {
      contract: orderBatch,
      primary: true,
      initial: {
        document: batch.document,
        release: '隐患整改完成后由责任单位申请销案，经现场复查合格、挂牌机关审批销号后摘牌销案。',
      },
      fields: [
        document(`督办文书的文号（尚未下达的${waiting}条共用）`, true),
        words('requirements', orderContents.requirements, 1000, '写明治理措施和整改期间的人员、现场管控要求'),
        {
          kind: 'day',
          name: 'dueOn',
          label: orderContents.period,
          min: today,
          required: true,
          help: '成为各条隐患的整改时限，只有挂牌机关可以延期；期限不同的，先在该条挂牌督办中单独下达',
        },
        words('release', orderContents.release, 500, '督办名称、事项和责任部门按各条隐患自动填写'),
      ],
    },
    [publishBatch.id]: {
      contract: publishBatch,
      primary: true,
      initial: { on: today },
      fields: [
        { kind: 'day', name: 'on', label: '公布日期', max: today, required: true },
        words('where', '公布的媒体或场所', 200, '名单公布后各条同时记为已公示，已单独公示的不变'),
      ],
    },
  }
}
