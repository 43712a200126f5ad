import * as listing from '#capabilities/listing/model/index.ts'
import { addDays } from '#kernel/time.ts'
import type { Teller } from './teller.ts'

const allowedDays = 90

/**
 * 提请 → 批准 → 督办令 → 公示, as far as the story has come. What the city lists, the county office records with the city's
 * document.
 */
export async function listHazard(teller: Teller): Promise<void> {
  const { story, players, hazard } = teller
  const { clerk, office, bodyId } = players
  const level = story.listed === 'city' ? 'city' : 'county'
  const year = teller.day.slice(0, 4)
  const number = (story.variation % 60) + 1
  const document = level === 'city' ? `市安委办督〔${year}〕${number}号` : `安委办督〔${year}〕${number}号`
  const on = teller.thing('listing')
  await teller.act(
    clerk,
    listing.proposeListing,
    {
      hazardId: hazard.id,
      level,
      reason: '隐患危害较大、整改难度大，建议挂牌督办',
      ...(level === 'city' ? { document } : {}),
    },
    on,
  )
  if (story.listing === 'proposed') return
  await teller.act(
    office,
    listing.approveListing,
    { opinion: level === 'city' ? '按市级督办件登记' : '同意县级挂牌督办' },
    on,
  )
  if (story.listing === 'approved') return
  const order = {
    document,
    name: `${story.unit.name}重大事故隐患挂牌督办`,
    matters: story.finding.text,
    requirements: '制定整改方案，落实五落实，整改期间落实管控措施，每周报告进展',
    dueOn: addDays(teller.day, allowedDays),
    release: '整改完成后由责任单位申请销案，经现场复查合格、挂牌机关审批销号后摘牌销案',
    supervisingBodyId: bodyId,
  }
  await teller.act(clerk, listing.orderListing, order, on)
  if (story.listing === 'publicised') {
    await teller.act(clerk, listing.publiciseListing, { on: teller.day, where: '政府门户网站（演示）' }, on)
  }
  teller.listing = on
  // The order changed the hazard too.
  hazard.version += 1
  teller.due = order.dueOn
}

/** 申请销案, once the work has been reported as done. */
export async function askEnd(teller: Teller): Promise<void> {
  const { listing: on, players, story } = teller
  if (!on) return
  await teller.act(players.principal, listing.askListingEnd, { statement: `整改完成：${story.finding.measure}` }, on)
}

/** Closed within these days, a listing still waits for 摘牌销案. */
const waitingDays = 12

/** 摘牌销案, once the hazard is closed; the closing itself moved the listing on. */
export async function delistHazard(teller: Teller): Promise<void> {
  const { listing: on, players, story } = teller
  if (!on) return
  on.version += 1
  if (!teller.hasTime(waitingDays)) return
  const document =
    story.listed === 'city' ? { document: `市安委办销〔${teller.day.slice(0, 4)}〕${story.variation}号` } : {}
  await teller.act(
    story.yearly ? players.leader : players.clerk,
    listing.delistListing,
    { reason: '隐患已整改销号，同意摘牌销案', ...document },
    on,
  )
  teller.hazard.version += 1
}
