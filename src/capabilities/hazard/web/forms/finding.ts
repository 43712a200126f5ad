import { addDays } from '#kernel/time.ts'
import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import * as hazard from '../../model/index.ts'
import { type PlanFacts, paper, reportFields, words } from './parts.ts'

/** Findings: their way to a body, to another county, out of the database. */
export function findingPlans({ hazard: row, today, bodies, reportId, byUnit }: PlanFacts): Record<string, ActionPlan> {
  const dueOn = addDays(today, row.level === 'major' ? 30 : 15)
  return {
    'hazard.reject': { contract: hazard.rejectHazard, fields: [words('reason', '不成立的理由'), paper] },
    'hazard.assign': {
      contract: hazard.assignHazard,
      primary: true,
      initial: { bodyId: row.leadBodyId, dueOn },
      fields: [
        {
          kind: 'select',
          name: 'bodyId',
          label: '责任部门',
          required: true,
          options: bodies,
          help: row.routeReason ?? undefined,
        },
        { kind: 'day', name: 'dueOn', label: '整改时限', required: true, min: today },
        { kind: 'area', name: 'demand', label: '整改要求', required: true, max: 1000 },
        { kind: 'area', name: 'interim', label: '临时管控措施', max: 500, help: '重大隐患开始整改前必须落实' },
      ],
    },
    'hazard.returnAssignment': { contract: hazard.returnAssignment, fields: [words('reason', '退回的理由')] },
    'hazard.transferOut': {
      contract: hazard.transferOut,
      fields: [
        { kind: 'text', name: 'receiver', label: '接收单位', required: true, max: 80 },
        words('reason', '移送的理由'),
        paper,
      ],
    },
    'hazard.void': {
      contract: hazard.voidHazard,
      danger: true,
      fields: [words('reason', '作废的理由', '作废后不再计入统计，记录保留')],
    },
    'hazard.addReport': {
      contract: hazard.addReport,
      initial: { channel: 'inspection', foundOn: today },
      fixed: { reportId, ...(byUnit ? { channel: 'selfCheck' } : {}) },
      fields: reportFields(today, byUnit),
    },
    'hazard.unmerge': { contract: hazard.unmergeHazard, fields: [words('reason', '撤销合并的理由')] },
  }
}
