import { addBodyPost, type BodyPostKind } from '#capabilities/directory/model/index.ts'
import type { Actor } from '#kernel/grants.ts'
import type { BatchRun } from '#platform/actions/runner.ts'
import type { Pack } from '../packs/read.ts'
import { personName } from './cast.ts'
import { at } from './days.ts'
import { demoId } from './ids.ts'
import { firstRegistered } from './units.ts'

interface Official {
  readonly kind: BodyPostKind
  readonly title: string
}

const offices: Readonly<Record<string, readonly Official[]>> = {
  committeeOffice: [
    { kind: 'principal', title: '主任' },
    { kind: 'deputy', title: '副主任' },
    { kind: 'liaison', title: '综合科科长' },
  ],
  department: [
    { kind: 'principal', title: '局长' },
    { kind: 'deputy', title: '副局长' },
    { kind: 'liaison', title: '安全科科长' },
  ],
  town: [
    { kind: 'principal', title: '党委书记' },
    { kind: 'principal', title: '镇长' },
    { kind: 'deputy', title: '副镇长' },
    { kind: 'officeDirector', title: '' },
    { kind: 'liaison', title: '' },
  ],
  zone: [
    { kind: 'principal', title: '主任' },
    { kind: 'deputy', title: '副主任' },
    { kind: 'officeDirector', title: '' },
    { kind: 'liaison', title: '' },
  ],
}

/** Titles as the body has them: 乡长 in a 乡, 主任 in a committee, nothing invented for a brigade. */
function titleIn(body: string, title: string): string {
  if (body.includes('乡人民政府')) return title.replace('镇长', '乡长')
  if (body.endsWith('委员会')) return title.replace('局长', '主任')
  return /局$/.test(body) ? title : title.replace(/^副?局长$/, '')
}

/** The people of the committee office, the departments, the towns and the zone; the names are invented. */
export async function furnishBodies(run: BatchRun, actor: Actor, pack: Pack, now: Date): Promise<void> {
  const then = at(firstRegistered, 0, now)
  let serial = 0
  for (const body of pack.bodies) {
    for (const { kind, title } of offices[body.kind] ?? []) {
      serial += 1
      const step = `official ${serial}`
      const input = {
        bodyId: body.id,
        kind,
        title: body.kind === 'department' || body.kind === 'town' ? titleIn(body.name, title) : title,
        name: personName(1200 + serial),
        phone: `135${String(40_000_000 + serial * 71).slice(-8)}`,
        officePhone: `0566-${5_020_000 + serial}`,
        fromDay: firstRegistered,
      }
      const envelope = { actionId: demoId(step, then), recordId: demoId(`post of ${step}`, then), input }
      await run(actor, addBodyPost.id, envelope, { now: then })
    }
  }
}
