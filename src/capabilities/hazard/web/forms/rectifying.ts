import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import type { FieldSpec } from '#shell/form/types.ts'
import * as hazard from '../../model/index.ts'
import { type HazardView, measureKinds } from '../../model/index.ts'
import {
  askingExtension,
  decidingExtension,
  grantingExtension,
  inTheUnitsPlace,
  liftingStop,
  resumeAsked,
} from './background.ts'
import { files, opinion, type PlanFacts, paper, words } from './parts.ts'

const newMeasure = { kind: 'engineering', text: '', done: false } as const

const measures: FieldSpec = {
  kind: 'list',
  name: 'plan.measures',
  label: '措施（人防、技防、工程防、管理防）',
  addLabel: '添加一条措施',
  newRow: newMeasure,
  fields: [
    {
      kind: 'radio',
      name: 'kind',
      label: '类别',
      options: Object.entries(measureKinds).map(([value, label]) => ({ value, label })),
    },
    { kind: 'text', name: 'text', label: '措施内容', max: 500 },
  ],
}

const planFields: readonly FieldSpec[] = [
  { kind: 'text', name: 'plan.responsiblePerson', label: '责任：整改责任人', max: 40 },
  { kind: 'text', name: 'plan.responsiblePhone', label: '责任人电话', max: 20 },
  measures,
  { kind: 'money', name: 'plan.fundsYuan', label: '资金：计划投入', help: '不需要资金的填 0' },
  { kind: 'text', name: 'plan.fundsNote', label: '资金说明', max: 200 },
  { kind: 'day', name: 'plan.deadline', label: '时限：计划完成日期' },
  { kind: 'area', name: 'plan.emergencyPlan', label: '预案：应急处置要点', max: 1000 },
  files(['measure', 'other'], '整改方案等材料'),
]

const interimHint = '例如：设置警戒、专人值守、停用设备'
const interimField: FieldSpec = {
  kind: 'area',
  name: 'interim',
  label: '临时管控措施',
  max: 500,
  help: `整改期间必须落实，${interimHint}`,
}

const fixAtOnceFields: readonly FieldSpec[] = [words('note', '怎样改的'), files(['after'], '整改后的照片', true)]

const measuresDone = (row: HazardView): FieldSpec => ({
  kind: 'multi',
  name: 'measuresDone',
  label: '这次完成的措施',
  options: row.plan.measures
    .map((measure, at) => ({ value: at, label: `${at + 1}. ${measure.text}`, done: measure.done }))
    .filter((option) => !option.done),
})

/** Rectifying: plan, interim control, progress, extensions and orders to stop. */
export const rectifyingPlans = (facts: PlanFacts): Record<string, ActionPlan> => ({
  ...planning(facts),
  ...working(facts),
  ...extending(facts),
  ...stopping(facts),
})

/** Whose turn rectifying is: the unit's, or an office's where no unit of the directory could do it itself. */
const rectifies = ({ hazard: row, byUnit }: PlanFacts): boolean => byUnit || row.unitId === null

/** What was saved, and what must still be filled in before rectifying may begin. */
function savedWords(output: unknown): string {
  const { missing } = hazard.savePlan.output.parse(output)
  if (missing.length === 0) return '五落实已保存，五项齐全'
  return `五落实已保存，还缺：${missing.map((element) => hazard.fiveElements[element]).join('、')}`
}

function planning(facts: PlanFacts): Record<string, ActionPlan> {
  const { hazard: row, byUnit, me, principal } = facts
  const { plan } = row
  return {
    'hazard.savePlan': {
      contract: hazard.savePlan,
      doneText: savedWords,
      primary: rectifies(facts) && row.level === 'major' && row.missing.length > 0,
      background: inTheUnitsPlace(row, byUnit),
      fields: row.interimMissing ? [...planFields.slice(0, -1), interimField, ...planFields.slice(-1)] : planFields,
      initial: {
        plan: {
          ...plan,
          responsiblePerson: plan.responsiblePerson || (principal ? me : ''),
          measures: (plan.measures.length > 0 ? plan.measures : [newMeasure]).map((measure) => ({ ...measure })),
          deadline: plan.deadline ?? row.dueOn ?? undefined,
        },
      },
    },
    'hazard.setInterim': {
      contract: hazard.setInterim,
      // While the plan is asked for too, its form takes both at once.
      primary: rectifies(facts) && row.interimMissing && row.missing.length === 0,
      fields: [words('text', '临时管控措施', interimHint), files(['interim'], '现场照片')],
    },
  }
}

/** Offered in steps that can be touched: how far it is nobody knows to the percent. */
const steps = [10, 25, 50, 75, 90, 100].map((percent) => ({ value: percent, label: `${percent}%` }))

function working(facts: PlanFacts): Record<string, ActionPlan> {
  const { hazard: row, byUnit } = facts
  const { plan } = row
  const background = inTheUnitsPlace(row, byUnit)
  const primary = rectifies(facts)
  return {
    'hazard.startRectifying': {
      contract: hazard.startRectifying,
      primary,
      background,
      fields: [{ kind: 'area', name: 'note', label: '说明', max: 500 }],
    },
    'hazard.reportProgress': {
      contract: hazard.reportProgress,
      background,
      fields: [
        { kind: 'area', name: 'text', label: '进展情况', required: true, max: 1000 },
        { kind: 'radio', name: 'percent', label: '完成进度', required: true, options: steps },
        ...(plan.measures.some((measure) => !measure.done) ? [measuresDone(row)] : []),
        files(['other', 'measure'], '现场照片或材料'),
      ],
    },
    'hazard.fixAtOnce': {
      contract: hazard.fixAtOnce,
      primary: true,
      fields: fixAtOnceFields,
    },
    'hazard.applyAcceptance': {
      contract: hazard.applyAcceptance,
      primary,
      background,
      fields: [
        { kind: 'area', name: 'statement', label: '整改完成情况', required: true, max: 1000 },
        files(['after'], '整改后的照片或证明材料', true),
      ],
    },
  }
}

/** What is listed is extended by a paper of the listing body. */
const extensionPaper = (row: HazardView): FieldSpec[] =>
  row.listing === 'none'
    ? []
    : [
        {
          kind: 'text',
          name: 'document',
          label: '同意延期的文号',
          max: 80,
          required: true,
          visible: ({ grant }) => grant !== false,
        },
      ]

function extending({ hazard: row, today }: PlanFacts): Record<string, ActionPlan> {
  return {
    'hazard.requestExtension': {
      contract: hazard.requestExtension,
      background: askingExtension(row),
      fields: [
        { kind: 'day', name: 'to', label: '申请延至', required: true, min: row.dueOn ?? today },
        words('reason', '延期的理由'),
        paper,
      ],
    },
    'hazard.decideExtension': {
      contract: hazard.decideExtension,
      primary: true,
      background: decidingExtension(row),
      fields: [
        {
          kind: 'radio',
          name: 'grant',
          label: '审批结果',
          required: true,
          options: [
            { value: true, label: '同意延期' },
            { value: false, label: '不同意' },
          ],
        },
        opinion('note', '审批意见', '理由属实，同意延期', '理由不充分，不同意延期，按原时限整改'),
        ...extensionPaper(row),
      ],
    },
    'hazard.extend': {
      contract: hazard.extendDeadline,
      background: grantingExtension(row),
      fields: [
        { kind: 'day', name: 'to', label: '延长至', required: true, min: row.dueOn ?? today },
        words('reason', '延期的理由'),
        ...extensionPaper(row),
      ],
    },
  }
}

const stopping = ({ hazard: row, byUnit }: PlanFacts): Record<string, ActionPlan> => ({
  'hazard.orderStop': {
    contract: hazard.orderStop,
    danger: true,
    fields: [
      { kind: 'text', name: 'scope', label: '停产停业的范围', required: true, max: 200 },
      words('reason', '停产停业的理由'),
      { kind: 'text', name: 'document', label: '文书文号', max: 80 },
      paper,
    ],
  },
  'hazard.askResume': {
    contract: hazard.askResume,
    primary: byUnit,
    fields: [words('statement', '整改完成和安全评估情况'), files(['measure', 'other'], '评估报告等材料')],
  },
  'hazard.liftStop': {
    contract: hazard.liftStop,
    primary: resumeAsked(row),
    background: liftingStop(row),
    fields: [words('opinion', '恢复生产的复查意见'), paper],
  },
})
