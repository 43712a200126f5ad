import { describe, expect, it } from 'vitest'
import { filterOf, listAddress } from './list-address.ts'

const searchOf = (address: string) => new URL(address, 'http://x').searchParams

describe('the address of a list on the phone', () => {
  it('carries every filter a task may open it with', () => {
    const filter = { overdue: true, states: ['assigned' as const], planIncomplete: true, text: '焊 & 100%' }
    expect(filterOf(searchOf(listAddress(filter)))).toEqual(filter)
    expect(listAddress({})).toBe('/hazards')
  })

  it('opens the whole list where the address was damaged', () => {
    expect(filterOf(searchOf('/hazards?f={"overdue":'))).toEqual({})
    expect(filterOf(searchOf('/hazards?f={"overdue":"yes"}'))).toEqual({})
  })
})
