import type { Role } from '#kernel/grants.ts'
import type { Day } from '#kernel/time.ts'
import type { PackDuties, PackForm, PackPopulation, PackRule } from './pack.ts'
import type { Recurrence } from './periods.ts'
import type { Quota } from './progress.ts'
import { quotaUnits, rhythms, type SubjectKind } from './terms.ts'

/** The limits of a population in one shape; null does not limit. */
export interface Selector {
  readonly kind: SubjectKind
  readonly ids: readonly string[] | null
  readonly kinds: readonly string[] | null
  readonly sectors: readonly string[] | null
  readonly tags: readonly string[] | null
  readonly scales: readonly string[] | null
  readonly belongings: readonly string[] | null
  readonly highRisk: boolean | null
  readonly supervised: boolean | null
  /** Post of people. */
  readonly post: string | null
  /** Body that must act for areas, when it is not their own. */
  readonly responsible: string | null
}

/** A rule of the pack with its parameters resolved. */
export interface Rule {
  readonly id: string
  readonly title: string
  readonly clauses: readonly string[]
  readonly selector: Selector
  readonly recurrence: Recurrence
  readonly quota: Quota
  readonly forms: readonly string[]
  readonly sources: readonly string[]
  readonly exempt: PackRule['exempt']
  readonly confidence: PackRule['confidence']
  readonly note: string | null
}

/** The county's parameters on a day. */
export interface ParameterValues {
  number(id: string, on: Day): number
  text(id: string, on: Day): string
}

const openSelector: Omit<Selector, 'kind'> = {
  ids: null,
  kinds: null,
  sectors: null,
  tags: null,
  scales: null,
  belongings: null,
  highRisk: null,
  supervised: null,
  post: null,
  responsible: null,
}

export function selectorOf(population: PackPopulation): Selector {
  if ('units' in population) return { ...openSelector, kind: 'unit', ...limits(population.units) }
  if ('people' in population) return { ...openSelector, kind: 'person', ...limits(population.people) }
  if ('bodies' in population) return { ...openSelector, kind: 'body', ...limits(population.bodies) }
  if ('sectors' in population) return { ...openSelector, kind: 'sector', ...limits(population.sectors) }
  const { codes, ...rest } = population.areas
  return { ...openSelector, kind: 'area', ...limits({ ...rest, ids: codes }) }
}

/** What is left out in YAML does not limit; undefined must not hide that. */
function limits(given: object): Partial<Selector> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

const numberOf = (value: number | { parameter: string }, parameters: ParameterValues, on: Day): number =>
  typeof value === 'number' ? value : parameters.number(value.parameter, on)

const regular = new Set(['month', 'quarter', 'halfYear', 'year'])

/** The parameters a rule asks for, each with what it must be. */
export function parametersOf({ period, quota, graceDays }: PackRule): { id: string; where: string; period: boolean }[] {
  const asked: { id: string; where: string; period: boolean }[] = []
  const ask = (value: unknown, where: string, isPeriod = false) => {
    if (typeof value === 'object' && value !== null && 'parameter' in value) {
      asked.push({ id: String(value.parameter), where, period: isPeriod })
    }
  }
  ask(period, 'period', true)
  if (typeof period === 'object' && 'daysBefore' in period) ask(period.daysBefore, 'period.daysBefore')
  ask(quota.n, 'quota.n')
  ask(graceDays, 'graceDays')
  return asked
}

/** Resolves a rule with the parameters of a day. Throws when a period's parameter holds another word. */
export function ruleOf(rule: PackRule, parameters: ParameterValues, on: Day): Rule {
  const forms = rule.fulfilledBy.flatMap((way) => ('form' in way ? [way.form] : []))
  const sources = rule.fulfilledBy.flatMap((way) => ('source' in way ? [way.source] : []))
  return {
    id: rule.id,
    title: rule.title,
    clauses: rule.clauses,
    selector: selectorOf(rule.population),
    recurrence: recurrenceOf(rule, parameters, on),
    quota: { n: numberOf(rule.quota.n, parameters, on), unit: rule.quota.unit },
    forms,
    sources,
    exempt: rule.exempt,
    confidence: rule.confidence,
    note: rule.note ?? null,
  }
}

function recurrenceOf(rule: PackRule, parameters: ParameterValues, on: Day): Recurrence {
  const { period, from, until = null } = rule
  const graceDays = numberOf(rule.graceDays, parameters, on)
  const base = { from, until, graceDays, window: null, holidays: null, events: [] }
  if (typeof period === 'string') return { ...base, rhythm: period }
  if ('window' in period) return { ...base, rhythm: 'window', window: period.window }
  if ('events' in period) return { ...base, rhythm: 'event', events: period.events }
  if ('holidays' in period) {
    const daysBefore = numberOf(period.daysBefore, parameters, on)
    return { ...base, rhythm: 'holiday', holidays: { which: period.holidays, daysBefore } }
  }
  const word = parameters.text(period.parameter, on)
  if (!regular.has(word)) {
    throw new Error(`参数 ${period.parameter} 的值“${word}”不是周期，应为 month、quarter、halfYear 或 year`)
  }
  return { ...base, rhythm: word as 'month' | 'quarter' | 'halfYear' | 'year' }
}

/** 每季度不少于2个工作日. */
export function quotaWords({ recurrence, quota }: Pick<Rule, 'recurrence' | 'quota'>): string {
  const { rhythm, until, window, holidays } = recurrence
  const days = ({ from, to }: { from: string; to: string }) => (from === to ? from : `${from}至${to}`)
  const when =
    rhythm === 'once' && until
      ? `${until}前`
      : window
        ? `每年${days(window)}`
        : holidays
          ? `每个节日（放假前${holidays.daysBefore}天起）`
          : rhythms[rhythm]
  return `${when}不少于${amountWords(quota)}`
}

export const amountWords = ({ n, unit }: Quota): string => `${n}${quotaUnits[unit]}`

/** Forms and rules of a pack by id. */
export interface DutyBook {
  readonly forms: ReadonlyMap<string, PackForm>
  readonly rules: ReadonlyMap<string, PackRule>
}

export const dutyBook = ({ forms, rules }: PackDuties): DutyBook => ({
  forms: new Map(forms.map((form) => [form.id, form])),
  rules: new Map(rules.map((rule) => [rule.id, rule])),
})

/** The roles whose word a form needs before it counts. */
export const verifiersOf = (form: Pick<PackForm, 'verify'>): readonly Role[] => form.verify ?? []
