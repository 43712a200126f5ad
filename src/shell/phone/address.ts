/** Pages the phone entry has, as the office writes their addresses; everything else opens in the office application. */
const pages = [
  /^\/$/,
  /^\/hazards$/,
  /^\/hazards\/new$/,
  /^\/hazards\/[0-9a-f-]{36}$/,
  /^\/inbox$/,
  /^\/account\/password$/,
]

export const phoneBase = '/m'

/** Carried by links from the phone pages to the office, also where the browser remembers nothing. */
export const officeMark = '#office'

/** Widths below this are phones: the office application would show drawers and cards there. */
export const narrowBelow = 768

/** The phone page that shows the same as an office address, or undefined where there is none. */
export function phoneAddress(pathname: string): string | undefined {
  if (!pages.some((page) => page.test(pathname))) return undefined
  return `${phoneBase}${pathname}`
}

/** The office page that shows the same as a phone address; forms lead back to the record they are about. */
export function officeAddress(pathname: string): string {
  const own = pathname.startsWith(phoneBase) ? pathname.slice(phoneBase.length) : pathname
  const page = own.replace(/\/do\/[^/]+$/, '')
  return pages.some((known) => known.test(page)) ? page : '/'
}
