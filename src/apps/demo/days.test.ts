import { expect, it } from 'vitest'
import { dayOf } from '#kernel/time.ts'
import { at } from './days.ts'

const steps = Array.from({ length: 45 }, (_, step) => step)

it.each(['00:00:01', '00:20:00', '07:00:00', '12:00:00', '23:59:00'])(
  'a county made at %s has its steps of today in today, in their order, and none after that moment',
  (time) => {
    const now = new Date(`2026-11-26T${time}+08:00`)
    const instants = steps.map((step) => at('2026-11-26', step, now))
    expect(instants.map(dayOf).every((day) => day === '2026-11-26')).toBe(true)
    expect(instants.every((instant) => instant <= now)).toBe(true)
    const moved = steps.filter((step) => at('2026-11-26', step, null) >= now).map((step) => instants[step]?.getTime())
    expect(moved).toEqual([...moved].sort((a = 0, b = 0) => a - b))
  },
)
