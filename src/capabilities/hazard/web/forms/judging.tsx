import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import type { FieldSpec, FormValues } from '#shell/form/types.ts'
import { type HazardView, levels, rejudgeHazard, verifyHazard } from '../../model/index.ts'
import type { CriterionOption, FindingControls } from './controls.ts'

interface JudgingFacts {
  readonly sector: string | undefined
  readonly description: string
  readonly foundOn: string | undefined
  readonly controls: FindingControls
  readonly judged?: CriterionOption | undefined
}

const levelOf = (values: FormValues): unknown =>
  typeof values.judgement === 'object' && values.judgement !== null && 'level' in values.judgement
    ? values.judgement.level
    : undefined

/**
 * How severe a hazard is and by which criterion; a major one needs a criterion, or reasons where none is itemised.
 * `later` says who judges when the level is left open; without it the level must be chosen.
 */
export function judgingFields(
  { sector, description, foundOn, judged, controls: { Criterion } }: JudgingFacts,
  later?: string,
): FieldSpec[] {
  return [
    {
      kind: 'radio',
      name: 'judgement.level',
      label: '隐患等级',
      required: later === undefined,
      ...(later ? { help: later } : {}),
      options: Object.entries(levels).map(([value, label]) => ({ value, label: `${label}隐患` })),
    },
    {
      kind: 'custom',
      name: 'judgement.criterionId',
      label: '判定依据',
      // Not marked as needed: where no standard has items for the sector, reasons alone decide; the server says which.
      visible: (values) => levelOf(values) === 'major',
      render: ({ value, onChange }) => (
        <Criterion
          value={typeof value === 'string' ? value : null}
          onChange={(next) => onChange?.(next)}
          sector={sector}
          description={description}
          on={foundOn}
          judged={judged}
        />
      ),
    },
    {
      kind: 'area',
      name: 'judgement.reason',
      label: '判定理由',
      max: 500,
      help: '引用兜底条款、其他行业的标准，或本行业没有条目化标准的，须写明综合判断的理由（至少10个字）',
      visible: (values) => levelOf(values) === 'major',
    },
  ]
}

function judgedBy({ judgement: { criterionId: id, text } }: HazardView): CriterionOption | undefined {
  return id === null ? undefined : { id, text, marks: [], where: '现在的判定依据' }
}

/** What another level means for this hazard; said before the form is filled in. */
function raisingOrLowering({ level, state }: HazardView): string {
  if (level === 'major') {
    return '改判为一般隐患只能由县安委办或牵头部门办理；参与整改的人员不能改判，挂牌督办或停产停业期间也不能改判'
  }
  const again = state === 'rectifying' ? '整改退回“已交办”，' : ''
  return `改判为重大隐患的，${again}单位须补齐五落实和临时管控后才能开始整改`
}

function rejudgedWords(row: HazardView, output: unknown): string {
  const { state } = rejudgeHazard.output.parse(output)
  return state === row.state ? '已重新判定' : '已重新判定，待单位补齐五落实和临时管控后再开始整改'
}

/** Deciding how severe a hazard is, when it is verified and when it is looked at again. */
export function judgingPlans(row: HazardView, controls: FindingControls): Record<string, ActionPlan> {
  const facts = { controls, sector: row.sector, description: row.description, foundOn: row.foundOn }
  const { level } = row
  return {
    'hazard.verify': {
      contract: verifyHazard,
      primary: true,
      fields: [...judgingFields(facts), { kind: 'area', name: 'note', label: '核实情况', max: 500 }],
    },
    'hazard.rejudge': {
      contract: rejudgeHazard,
      background: [raisingOrLowering(row)],
      doneText: (output) => rejudgedWords(row, output),
      initial: { judgement: { level, criterionId: row.judgement.criterionId, reason: row.judgement.reason } },
      fields: [
        ...judgingFields({ ...facts, judged: judgedBy(row) }),
        { kind: 'area', name: 'why', label: '重新判定的原因', required: true, max: 500 },
      ],
    },
  }
}
