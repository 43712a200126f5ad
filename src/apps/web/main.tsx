import { wayToPhone } from '#shell/phone/entry.ts'

// Decided before anything is loaded: a phone on a slow line must not fetch the office application to be sent away.
const phone = wayToPhone(window.location, window.innerWidth)
if (phone) window.location.replace(phone)
else void import('./office.tsx')
