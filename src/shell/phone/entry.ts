import { z } from 'zod'
import type { Role } from '#kernel/grants.ts'
import type { SessionView } from '#kernel/session.ts'
import { recall, remember } from '../browser/remembered.ts'
import { narrowBelow, officeAddress, officeMark, phoneAddress } from './address.ts'

const key = 'entry'
const Entry = z.enum(['phone', 'office'])

/** Whose work is done standing in a workshop: their accounts stay on the phone pages by themselves. */
const fieldRoles: ReadonlySet<Role> = new Set(['unitPrincipal', 'unitWorker', 'inspector'])

/** Whether this session belongs on the phone pages: by its roles, or because the person chose them on this device. */
export function belongsOnPhone(session: SessionView): boolean {
  if (recall(key, Entry) === 'phone') return true
  return session.grants.length > 0 && session.grants.every((grant) => fieldRoles.has(grant.role))
}

/** Where a narrow screen should go instead of this office address; undefined when it shall stay. */
export function wayToPhone(location: Location, width: number): string | undefined {
  if (width >= narrowBelow || location.hash === officeMark || recall(key, Entry) === 'office') return undefined
  const page = phoneAddress(location.pathname)
  return page && `${page}${location.search}`
}

/** The office's page for where the person is now; the mark keeps it from leading straight back. */
export function wayToOffice(): string {
  return `${officeAddress(window.location.pathname)}${officeMark}`
}

/** 手机版: from the office to the phone pages, and there again next time. */
export function openPhone(): void {
  remember(key, 'phone')
  window.location.assign(phoneAddress(window.location.pathname) ?? '/m/')
}

/** 电脑版: from the phone pages to the office, and there again next time. */
export function openOffice(): void {
  remember(key, 'office')
  window.location.assign(wayToOffice())
}
