import { townOf } from '#kernel/area.ts'
import { refuse } from '#kernel/errors.ts'
import { onRecord } from '#platform/actions/carry-out.ts'
import type { RegisteredAction } from '#platform/actions/types.ts'
import { hazardErrors as e, type Hazard, isStanding, linkUnit } from '../../model/index.ts'
import type { HazardDeps } from '../deps.ts'
import { gravity, noticeLine, tellUnit } from '../notices.ts'
import { hazardRecord } from '../record-type.ts'
import { findUnit } from './find.ts'

/**
 * Gives a hazard its unit, whose principal and actual controller then hear of it. Town and sector stay: statistics and
 * competence were booked under them, so a unit of another town is refused instead of moving the hazard unseen.
 */
const link = (deps: HazardDeps): RegisteredAction =>
  onRecord(linkUnit, hazardRecord, async (context, hazard, { unitId, reason }) => {
    const unit = (await findUnit(deps, context, unitId, hazard.sector)) ?? refuse(e.unitUnknown)
    if (!unit.active) refuse(e.unitClosed)
    if (townOf(unit.area) !== townOf(hazard.area)) refuse(e.unitElsewhere)
    const record: Hazard = { ...hazard, unitId: unit.id, unitName: unit.name }
    const words = { kind: 'linked', title: `您单位有一条${gravity(record)}`, body: noticeLine(record) }
    return {
      record,
      output: { unitName: unit.name },
      summary: `关联名录单位“${unit.name}”（原登记为“${hazard.unitName}”）：${reason}`,
      notices: isStanding(record.state) ? await tellUnit(deps, context, context.actionId, record, words) : [],
    }
  })

export const linkingActions = (deps: HazardDeps): RegisteredAction[] => [link(deps)]
