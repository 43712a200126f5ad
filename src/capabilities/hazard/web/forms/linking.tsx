import type { ActionPlan } from '#shell/form/ActionBar.tsx'
import * as hazard from '../../model/index.ts'
import type { FindingControls } from './controls.ts'
import { words } from './parts.ts'

/** A hazard at a named place gets its unit of the directory. */
export const linkingPlans = ({ Unit }: Pick<FindingControls, 'Unit'>): Record<string, ActionPlan> => ({
  'hazard.linkUnit': {
    contract: hazard.linkUnit,
    fields: [
      {
        kind: 'custom',
        name: 'unitId',
        label: '名录中的单位',
        required: true,
        help: '须是同一乡镇的单位；关联后，重大隐患会通知其主要负责人和实际控制人',
        render: ({ id, value, onChange }) => (
          <Unit
            {...(id ? { id } : {})}
            value={(value as string | null | undefined) ?? null}
            onChange={(next) => onChange?.(next ?? undefined)}
          />
        ),
      },
      words('reason', '关联的依据', '如：现场核对营业执照，名称为简称'),
    ],
  },
})
