import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AuditFacts, auditHash, canonicalJson, recordable } from './audit.ts'

const facts: AuditFacts = {
  county: '341723',
  record_id: '01890000-0000-7000-8000-000000000001',
  seq: 1,
  id: '01890000-0000-7000-8000-000000000002',
  record_type: 'hazard',
  name: 'hazard.report',
  account_id: '01890000-0000-7000-8000-000000000003',
  actor_name: '甲',
  cause_id: null,
  at: new Date('2026-11-24T01:00:00Z'),
  effective_on: '2026-11-24',
  from_state: null,
  to_state: 'registered',
  summary: '登记',
  input: { b: 1, a: [null, 'x'] },
  output: null,
}

describe('canonicalJson', () => {
  it('does not depend on the order of keys and survives a round trip through JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value))
      }),
    )
    expect(canonicalJson({ b: 1, a: { d: 2, c: 3 } })).toBe(canonicalJson({ a: { c: 3, d: 2 }, b: 1 }))
  })
})

describe('recordable', () => {
  it('masks passwords at every depth and keeps everything else', () => {
    const kept = recordable({
      login: 'a',
      password: 'x',
      mustChangePassword: true,
      people: [{ newPassword: 'y', name: '甲' }],
    })
    expect(kept).toEqual({
      login: 'a',
      password: '（不记录）',
      mustChangePassword: true,
      people: [{ newPassword: '（不记录）', name: '甲' }],
    })
  })

  it('turns a missing input into null, so that the hash is over what the row holds', () => {
    expect(recordable(undefined)).toBeNull()
    const hashed = (input: unknown) => auditHash({ ...facts, input: recordable(input) }, null).toString('hex')
    expect(hashed(undefined)).toBe(hashed(null))
  })
})

describe('auditHash', () => {
  it('changes with every single fact and with the row before', () => {
    const of = (changed: Partial<AuditFacts>, previous: Buffer | null = null) =>
      auditHash({ ...facts, ...changed }, previous).toString('hex')
    const all = [
      of({}),
      of({ seq: 2 }),
      of({ actor_name: '乙' }),
      of({ summary: '登记。' }),
      of({ at: new Date(facts.at.getTime() + 1) }),
      of({ input: { a: [null, 'x'], b: 2 } }),
      of({ output: {} }),
      of({ cause_id: facts.id }),
      of({}, Buffer.alloc(32, 1)),
    ]
    expect(new Set(all).size).toBe(all.length)
  })
})
