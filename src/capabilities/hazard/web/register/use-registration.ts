import { useState } from 'react'
import { getUnit } from '#capabilities/directory/model/index.ts'
import { useAsk } from '#shell/api/queries.ts'
import { valueAt } from '#shell/form/paths.ts'
import type { FormValues } from '#shell/form/types.ts'
import { useSession } from '#shell/session/session.tsx'
import type { FindingControls } from '../forms/controls.ts'
import type { Finding } from '../forms/parts.ts'
import { registerFields } from '../forms/register.tsx'
import { useOwnTown, useOwnUnits, useSectors, useTowns } from '../reference.ts'

const textOf = (values: FormValues, path: string): string | null => {
  const value = valueAt(values, path)
  return typeof value === 'string' && value !== '' ? value : null
}

/** The form in which a finding is registered, with whichever controls draw it. */
export function useRegistration(controls: FindingControls) {
  const { today } = useSession()
  const ownUnits = useOwnUnits()
  const onlyUnit = ownUnits?.length === 1 ? ownUnits[0]?.value : undefined
  const town = useOwnTown()
  const [initial] = useState<FormValues>(() => ({
    foundOn: today,
    ...(ownUnits ? {} : { channel: 'inspection', ...(town ? { area: town } : {}) }),
  }))
  const [values, setValues] = useState(initial)
  const finding = useFinding(values, onlyUnit)
  const fields = registerFields({ finding, ownUnits, sectors: useSectors(), towns: useTowns(), today, controls })
  return {
    fields,
    initial,
    fixed: { ...(ownUnits ? { channel: 'selfCheck' } : {}), ...(onlyUnit ? { unitId: onlyUnit } : {}) },
    submitLabel: ownUnits ? '上报' : '登记',
    onValues: setValues,
  }
}

/** What is known of the finding so far, the unit's own facts included. */
function useFinding(values: FormValues, onlyUnit: string | undefined): Finding {
  const unitId = onlyUnit ?? textOf(values, 'unitId')
  const unit = useAsk(getUnit, { id: unitId ?? '' }, { enabled: unitId !== null }).data
  return {
    unitId,
    unitSectors: unit?.sectors,
    area: unit?.area ?? textOf(values, 'area'),
    sector: textOf(values, 'sector') ?? undefined,
    description: textOf(values, 'description') ?? '',
    foundOn: textOf(values, 'foundOn') ?? undefined,
    channel: textOf(values, 'channel'),
    source: textOf(values, 'source'),
    major: textOf(values, 'judgement.level') === 'major',
  }
}
