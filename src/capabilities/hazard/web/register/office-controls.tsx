import type { ReactNode } from 'react'
import { CriterionPicker } from '../CriterionPicker.tsx'
import type { FindingControls } from '../forms/controls.ts'
import type { Finding } from '../forms/parts.ts'
import { SimilarHazards } from '../SimilarHazards.tsx'
import { LikelyCriteria, RouteHint } from './hints.tsx'
import { JoinButton } from './JoinButton.tsx'
import { SectorPicker } from './SectorPicker.tsx'
import { UnitPicker } from './UnitPicker.tsx'

function Hints({ finding, byUnit }: { finding: Finding; byUnit: boolean }): ReactNode {
  const { unitId, unitSectors, area, sector, description, foundOn, major } = finding
  return (
    <div className="zb-hints">
      {!major && <LikelyCriteria sector={sector} unitSectors={unitSectors} description={description} on={foundOn} />}
      <SimilarHazards
        unitId={unitId}
        area={area}
        sector={sector}
        description={description}
        tools={(row) => <JoinButton row={row} finding={finding} byUnit={byUnit} />}
      />
    </div>
  )
}

/** The office's own controls of a finding's forms. */
export const officeControls: FindingControls = {
  Criterion: CriterionPicker,
  Unit: UnitPicker,
  Sector: SectorPicker,
  Route: RouteHint,
  Hints,
}
