import { expect, it } from 'vitest'
import { partsOf } from './address.ts'

it('reads the page of a standing as the router takes it', () => {
  expect(partsOf('/matrix')).toEqual({ to: '/matrix', search: {} })
  const query = new URLSearchParams({ level: 'major', stock: 'true', area: '990101', states: '["closed","assigned"]' })
  expect(partsOf(`/hazards?${query}`)).toEqual({
    to: '/hazards',
    search: { level: 'major', stock: true, area: '990101', states: ['closed', 'assigned'] },
  })
})
