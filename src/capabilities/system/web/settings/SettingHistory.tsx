import type { ReactNode } from 'react'
import type { z } from 'zod'
import { ChangeLines } from '#shell/layout/ChangeLines.tsx'
import { listSettingChanges } from '../../model/index.ts'

/** Who changed a setting, when, from what to what, and on what grounds. */
export const SettingHistory = ({ of }: { of: z.input<typeof listSettingChanges.input> }): ReactNode => (
  <ChangeLines contract={listSettingChanges} input={of} />
)
