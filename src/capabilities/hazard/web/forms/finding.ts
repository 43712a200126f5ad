import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import * as hazard from '../../model/index.ts'
import { files, type PlanFacts, paper, reportFields, words } from './parts.ts'

/** Findings: their way to a body, to another county, out of the database. */
export function findingPlans(facts: PlanFacts): Record<string, ActionPlan> {
  return { ...handing(facts), ...leaving(facts), ...keeping(facts) }
}

const demands = {
  major: ['立即停用，落实五落实和临时管控措施，限期整改', '限期整改，整改期间落实临时管控措施'],
  general: ['立即整改，整改后上传照片', '限期整改，整改完成后申请验收'],
} as const

function handing({ hazard: row, today, bodies }: PlanFacts): Record<string, ActionPlan> {
  return {
    'hazard.reject': { contract: hazard.rejectHazard, fields: [words('reason', '不成立的理由'), paper] },
    'hazard.assign': {
      contract: hazard.assignHazard,
      primary: true,
      initial: { bodyId: row.leadBodyId, dueOn: row.suggestedDueOn },
      fields: [
        {
          kind: 'select',
          name: 'bodyId',
          label: '责任部门',
          required: true,
          options: bodies,
          help: row.routeReason ?? undefined,
        },
        {
          kind: 'day',
          name: 'dueOn',
          label: '整改时限',
          required: true,
          min: today,
          ...(row.dueOn ? { help: `原时限 ${row.dueOn}，延后须由下达单位办理并计入延期次数` } : {}),
        },
        { kind: 'area', name: 'demand', label: '整改要求', required: true, max: 1000, phrases: demands[row.level] },
        { kind: 'area', name: 'interim', label: '临时管控措施', max: 500, help: '重大隐患开始整改前必须落实' },
      ],
    },
    'hazard.returnAssignment': { contract: hazard.returnAssignment, fields: [words('reason', '退回的理由')] },
  }
}

function leaving({ hazard: row }: PlanFacts): Record<string, ActionPlan> {
  return {
    'hazard.transferOut': {
      contract: hazard.transferOut,
      fields: [
        { kind: 'text', name: 'receiver', label: '接收单位', required: true, max: 80 },
        words('reason', '移送的理由'),
        row.level === 'major' ? files(['order', 'other'], '移送文书或会议纪要', true) : paper,
      ],
    },
    'hazard.void': {
      contract: hazard.voidHazard,
      danger: true,
      fields: [words('reason', '作废的理由', '作废后不再计入统计，记录保留')],
    },
    'hazard.restore': { contract: hazard.restoreHazard, fields: [words('reason', '恢复办理的理由')] },
  }
}

function keeping({ hazard: row, today, byUnit }: PlanFacts): Record<string, ActionPlan> {
  return {
    'hazard.correct': {
      contract: hazard.correctHazard,
      initial: { description: row.description, location: row.location },
      fields: [
        { kind: 'area', name: 'description', label: '隐患内容', required: true, max: 2000, rows: 4 },
        { kind: 'text', name: 'location', label: '具体位置', max: 200 },
        words('why', '更正的原因', '更正前的内容保留在办理记录里'),
      ],
    },
    'hazard.addReport': {
      contract: hazard.addReport,
      initial: { channel: 'inspection', foundOn: today },
      fixed: byUnit ? { channel: 'selfCheck' } : {},
      fields: reportFields(today, byUnit),
    },
    'hazard.unmerge': { contract: hazard.unmergeHazard, fields: [words('reason', '撤销合并的理由')] },
  }
}
