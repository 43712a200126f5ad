import * as y from '#capabilities/system/model/index.ts'
import { county } from '#test/kit/hazard-acts.ts'
import { hazardIn } from '#test/kit/hazard-states.ts'
import { countyWide } from '../../oracle/reading.ts'
import type { Driver, Sample, Stage } from './stage.ts'

const wide = countyWide(county)

async function markRead(stage: Stage): Promise<Sample> {
  await hazardIn(stage.play, stage.crew, stage.unitId, 'assigned')
  const { rows } = await stage.product.ask(stage.crew.department, y.listNotices, {})
  return { by: stage.crew.department, input: { noticeIds: rows.slice(0, 1).map((row) => row.id) }, sides: wide }
}

export const readingDriver: Driver = {
  record: 'inboxReading',
  read: 'session',
  samples: { 'system.markRead': markRead },
}

const later = { value: 20, instead: 30, confidence: 'high', reason: '县里会议明确' } as const

async function setParameter({ product }: Stage): Promise<Sample> {
  const input = { id: 'hazard.progress.staleDays', effectiveFrom: '2026-07-01', ...later }
  return { by: await product.as('admin'), input, sides: wide }
}

/** A value of next year is taken back before it holds. */
async function withdrawParameter({ product }: Stage): Promise<Sample> {
  const by = await product.as('admin')
  const change = { id: 'hazard.progress.staleDays', effectiveFrom: '2027-01-01' }
  const { rows } = await product.ask(by, y.listParameters, {})
  const instead = rows.find(({ id }) => id === change.id)?.history.at(-1)?.value ?? 30
  await product.run(by, y.setParameter, { input: { ...change, ...later, value: 15, instead } })
  return { by, input: { ...change, reason: '会议改变了决定' }, sides: wide }
}

export const parameterDriver: Driver = {
  record: 'parameterChange',
  read: 'session',
  samples: { 'system.setParameter': setParameter, 'system.withdrawParameter': withdrawParameter },
}

async function setCalendarYear({ product }: Stage): Promise<Sample> {
  const by = await product.as('admin')
  const { years } = await product.ask(by, y.getCalendar, {})
  const year = years.at(-1)
  if (!year) throw new Error('no year in the calendar')
  const { id, version, holidays, workdays, complete } = year
  const input = { holidays: holidays.slice(1), workdays, complete, reason: '按国务院办公厅通知更正' }
  return { by, on: { recordId: id, version }, input, sides: wide }
}

async function openCalendarYear({ product }: Stage): Promise<Sample> {
  const by = await product.as('admin')
  const { years } = await product.ask(by, y.getCalendar, {})
  const year = Math.max(...years.map((row) => row.year)) + 1
  const input = { year, holidays: [`${year}-01-01`], workdays: [], complete: false, reason: '国务院办公厅通知' }
  return { by, input, sides: wide }
}

export const calendarDriver: Driver = {
  record: 'calendarYear',
  read: 'session',
  samples: { 'system.openCalendarYear': openCalendarYear, 'system.setCalendarYear': setCalendarYear },
}

/** Without a way out of the product every notice to a person stands there undelivered. */
async function requeue(stage: Stage): Promise<Sample> {
  const { product } = stage
  const by = await product.as('admin')
  await hazardIn(stage.play, stage.crew, stage.unitId, 'assigned')
  const { pool } = product.product.database
  await pool.query("update delivery set state = 'failed' where id = (select id from delivery limit 1)")
  const { rows } = await product.ask(by, y.listDeliveries, { state: 'failed' })
  return { by, input: { ids: rows.slice(0, 1).map((row) => row.id) }, sides: wide }
}

export const deliveryDriver: Driver = {
  record: 'deliveryRetry',
  read: 'session',
  samples: { 'system.requeueDeliveries': requeue },
}
