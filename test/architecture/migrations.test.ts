import { describe, expect, it } from 'vitest'
import { isHeld, migrationFaults, readMigrations } from './migrations.ts'

const migrations = readMigrations()
const of = (text: string, name = '20270101000000-try-it.sql') =>
  migrationFaults({ path: `db/migrations/${name}`, text })
const said = (text: string) => of(text).map((fault) => fault.slice('20270101000000-try-it.sql '.length).split(':')[0])

describe('migrations', () => {
  it('since the first release can run while the version before still serves', () => {
    expect(migrations.filter(isHeld).flatMap(migrationFaults)).toEqual([])
  })

  it('of before were looked at with the same eyes', () => {
    expect(migrations.length).toBeGreaterThan(25)
    const old = migrations.filter((file) => !isHeld(file)).flatMap(migrationFaults)
    const known = ['20261125010100-scope-ledger-memory.sql', '20261125020100-narrow-hazard.sql']
    for (const name of known) expect(old.filter((fault) => fault.startsWith(name))).not.toEqual([])
    expect(old.some((fault) => fault.startsWith('20261123001000-create-hazard.sql'))).toBe(false)
  })
})

describe('what is not safe is found', () => {
  const cases: readonly [string, string][] = [
    ['alter table hazard drop column stopped', 'drops what the version before may still use'],
    ['drop table if exists listing', 'drops what the version before may still use'],
    ['alter table hazard drop constraint hazard_pkey', 'drops a constraint'],
    ['alter table hazard rename column area to place', 'renames'],
    ['alter table hazard alter column number type integer using number::integer', 'changes a type'],
    ['alter table hazard alter number set data type integer', 'changes a type'],
    ['alter table hazard alter column stopped drop default', 'takes a default away'],
    ['alter table hazard alter column due_on set not null', 'demands a value of a column that is there'],
    [
      'alter table hazard add column a date, add b text not null',
      'adds a column that must have a value and has no default',
    ],
    [
      'alter table hazard add column key uuid default gen_random_uuid()',
      'adds a column whose value is made for every row, which writes the table anew',
    ],
    [
      'alter table hazard add constraint one unique (county, number)',
      'adds a key that the table is locked for; make its index concurrently and add it using that',
    ],
    [
      'alter table hazard add check (number <> $$)$$)',
      'adds a condition that every row is looked at for; add it not valid and validate it in a later file',
    ],
    [
      'create index hazard_number on hazard (county, number)',
      'makes an index that writers wait for; make it concurrently',
    ],
    ['create unique index a on hazard (county, number)', 'makes an index that writers wait for; make it concurrently'],
    ['truncate ledger_memory', 'locks or rewrites a whole table'],
  ]
  it.each(cases)('%s', (text, fault) => expect(said(`${text};`)).toEqual([fault]))

  it('in any case, over several lines, and beside what is safe', () => {
    const text = `-- why\nALTER TABLE hazard\n  ADD COLUMN noted text,\n  DROP COLUMN stopped;\ncomment on table hazard is 'x; y';`
    expect(said(text)).toEqual(['drops what the version before may still use'])
  })

  it('in a file of concurrent indexes that does more, or cannot be repeated after it was broken off', () => {
    const make = 'create index concurrently hazard_number on hazard (county, number);'
    expect(said(make)).toEqual(['cannot be repeated'])
    expect(said(`drop index concurrently if exists hazard_number; ${make} update hazard set version = 1;`)).toEqual([
      'does something beside its concurrent indexes, which are made outside of a transaction',
    ])
  })
})

describe('what is safe is not spoken of', () => {
  it.each([
    'alter table hazard add column noted text',
    "alter table hazard add column noted text not null default ''",
    'alter table hazard add column a numeric(10, 2) not null default 0, add column b date',
    'create table noted (county text not null, id uuid not null, primary key (county, id)); create index noted_id on noted (id)',
    'alter table hazard add constraint known check (number is not null) not valid',
    'alter table hazard validate constraint known',
    'alter table hazard add constraint one unique using index hazard_number',
    'drop index concurrently if exists hazard_number; create index concurrently hazard_number on hazard (county, number)',
    "comment on table hazard is 'drop column, rename, set not null'",
  ])('%s', (text) => expect(of(`${text};`)).toEqual([]))

  it('where the first comment says that all processes are stopped, or since when nothing uses what goes', () => {
    const drop = 'alter table hazard drop column stopped;'
    expect(of(`-- stop: the old version writes it\n${drop}`)).toEqual([])
    expect(of(`-- stop:\n${drop}`)).not.toEqual([])
    expect(of(`-- because\n-- stop: too late\n${drop}`)).not.toEqual([])
    expect(of(`-- unused since 1.4\n${drop}`)).toEqual([])
    expect(of('-- unused since 1.4\nalter table hazard rename column stopped to halted;')).not.toEqual([])
  })
})
