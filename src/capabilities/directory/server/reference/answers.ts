import { answer, type RegisteredQuery } from '#platform/module/module.ts'
import * as contracts from '../../model/index.ts'
import { addBodyPost, bodyPostFacets, sectorsOf } from '../../model/index.ts'
import { namedRoute } from '../answers.ts'
import { areaName, type LoadedDirectory } from '../directory.ts'
import { supervisionAnswers } from './supervision.ts'

/** Reads of the reference data, answered from memory. Entries that left the pack are not offered any more. */
/** One gap that concerns four sectors stands once, with the four. */
function gapsBySubject({ index }: LoadedDirectory) {
  const { gaps } = index.reference
  const subjects = new Map(gaps.map(({ id, sectorId: _, ...gap }) => [id.split(':')[0] ?? id, gap]))
  return [...subjects].map(([id, gap]) => ({
    id,
    ...gap,
    sectors: gaps.flatMap(({ id: row, sectorId }) =>
      sectorId !== null && row.split(':')[0] === id
        ? [{ id: sectorId, name: index.sectorNames.get(sectorId) ?? sectorId }]
        : [],
    ),
  }))
}

export function referenceAnswers(directory: LoadedDirectory): RegisteredQuery[] {
  return [
    answer(contracts.listAreas, async (context, { supervisedOnly }) => ({
      areas: directory.index.reference.areas
        .filter((area) => area.active && (!supervisedOnly || area.supervised))
        .map(({ active: _active, ...area }) => ({
          ...area,
          bodyName: area.bodyId === null ? null : directory.bodyName(context.county, area.bodyId),
        })),
    })),
    answer(contracts.listBodies, async (context) => ({
      bodies: directory.index.reference.bodies
        .filter((body) => body.active)
        .map(({ active: _active, ...body }) => ({
          ...body,
          areaName: areaName(directory.index, body.area),
          leads: sectorsOf(directory.index, body.id),
          managesPosts: context.can(
            addBodyPost.permission,
            bodyPostFacets({ county: context.county, bodyId: body.id }),
          ),
        })),
    })),
    answer(contracts.listSectors, async () => ({
      sectors: directory.index.reference.sectors
        .filter((sector) => sector.active)
        .map(({ active: _active, ...sector }) => ({
          ...sector,
          leadBodyIds: [...(directory.index.leaders.get(sector.id) ?? [])],
        })),
    })),
    answer(contracts.getMatrix, async (context) => ({
      entries: directory.index.reference.matrix.map((entry) => ({
        ...entry,
        sectorName: directory.sectorName(context.county, entry.sectorId),
        bodyName: directory.bodyName(context.county, entry.bodyId),
      })),
      gaps: gapsBySubject(directory),
    })),
    ...supervisionAnswers(directory),
    answer(contracts.showRoute, async (context, { sector, area }) =>
      namedRoute(directory, context.county, sector, area),
    ),
  ]
}
