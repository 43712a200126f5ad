import { describe, expect, it } from 'vitest'
import { officeAddress, phoneAddress } from './address.ts'

const id = '01935f2e-7c1a-7b3c-8d4e-0123456789ab'

describe('the way between the phone pages and the office application', () => {
  it('opens the same page on either side', () => {
    for (const page of ['/', '/hazards', '/hazards/new', `/hazards/${id}`, '/inbox']) {
      expect(phoneAddress(page)).toBe(`/m${page}`)
      expect(officeAddress(`/m${page}`)).toBe(page)
    }
  })

  it('leaves pages the phone does not have to the office', () => {
    expect(phoneAddress('/statistics')).toBeUndefined()
    expect(phoneAddress('/hazards/import')).toBeUndefined()
    expect(phoneAddress(`/hazards/${id}/more`)).toBeUndefined()
  })

  it('leads from a form on the phone to the record it is about, and from an unknown page home', () => {
    expect(officeAddress(`/m/hazards/${id}/do/hazard.savePlan`)).toBe(`/hazards/${id}`)
    expect(officeAddress('/m/me')).toBe('/')
  })
})
