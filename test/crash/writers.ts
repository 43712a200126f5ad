import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#kernel/ids.ts'
import { addDays, dayOf } from '#kernel/time.ts'
import type { Reply, Visitor } from '#test/kit/served.ts'

/** Everything that was sent, with what its sender heard. A sender who heard nothing sends the same thing again. */
export interface Book {
  readonly acknowledged: Set<string>
  /** Given up without an answer: it may have been carried out or not, but never by half. */
  readonly unknown: Set<string>
  readonly refused: string[]
  /** Answers that asked to try again later. */
  putOff: number
}

export const newBook = (): Book => ({ acknowledged: new Set(), unknown: new Set(), refused: [], putOff: 0 })

interface Sent {
  readonly path: string
  readonly body: {
    readonly actionId: string
    readonly recordId: string
    readonly version?: number
    readonly input: unknown
  }
}

/** One person at work: registers hazards and takes each some steps on, whatever happens to the server meanwhile. */
export class Writer {
  private readonly own: { readonly id: string; version: number; step: number }[] = []
  private readonly at: number
  private readonly area: string
  private readonly book: Book
  private serial = 0
  /** Sent and not answered: sent again, unchanged, as soon as somebody answers. */
  private open: Sent | undefined

  constructor(at: number, area: string, book: Book) {
    this.at = at
    this.area = area
    this.book = book
  }

  async work(visitor: Visitor, going: () => boolean): Promise<void> {
    while (going()) {
      this.open ??= this.next()
      const { actionId } = this.open.body
      let answer: Awaited<ReturnType<Visitor['try']>>
      try {
        answer = await visitor.try(this.open.path, this.open.body)
      } catch {
        // The connection broke: nobody knows how far it got.
        this.book.unknown.add(actionId)
        await sleep(20)
        return
      }
      if (answer.status === 503 || answer.status === 507) {
        // Carried out or not: the connection may have broken while it was being committed.
        this.book.unknown.add(actionId)
        this.book.putOff += 1
        await sleep(20)
        continue
      }
      if (answer.status === 200) this.book.acknowledged.add(actionId)
      else if (!this.overtaken(this.open, answer)) {
        this.book.refused.push(`${this.open.path} ${answer.status} ${answer.text.slice(0, 200)}`)
      }
      this.book.unknown.delete(actionId)
      this.advance(this.open, answer.status === 200)
      this.open = undefined
    }
  }

  /** True when only the clock came first: nobody else works on these hazards. The writer goes on from there. */
  private overtaken({ body }: Sent, { status, text }: Reply): boolean {
    const hazard = this.own.find(({ id }) => id === body.recordId)
    if (status !== 409 || !hazard) return false
    const { code, data } = JSON.parse(text)
    if (code !== 'core.staleVersion' || data.changes.some(({ by }: { by: string }) => by !== '系统')) return false
    hazard.version = data.currentVersion
    return true
  }

  private next(): Sent {
    const ids = { actionId: newId(Date.now()) }
    const hazard = this.own.find(({ step }) => step < 3)
    const today = dayOf(new Date())
    if (!hazard || this.own.length < 2) {
      this.serial += 1
      const description = `${this.at}号人员第${this.serial}次检查：配电箱前堆放杂物`
      const place = { placeName: `测试场所${this.at}`, area: this.area, sector: 'industryTrade' }
      const found = { channel: 'inspection', description, foundOn: today, judgement: { level: 'general' } }
      return {
        path: '/api/hazard/report',
        body: { ...ids, recordId: newId(Date.now()), input: { ...place, ...found } },
      }
    }
    const steps = [
      ['assign', { bodyId: 'emergency-management', dueOn: addDays(today, 20), demand: '限期整改到位' }],
      ['startRectifying', { note: '' }],
      ['reportProgress', { text: '已清理一部分杂物', percent: 40 }],
    ] as const
    const [name, input] = steps[hazard.step] ?? steps[2]
    return { path: `/api/hazard/${name}`, body: { ...ids, recordId: hazard.id, version: hazard.version, input } }
  }

  private advance({ path, body }: Sent, done: boolean): void {
    if (!done) return
    if (path.endsWith('/report')) {
      this.own.unshift({ id: body.recordId, version: 1, step: 0 })
      this.own.splice(20)
      return
    }
    const hazard = this.own.find(({ id }) => id === body.recordId)
    if (!hazard) return
    hazard.version += 1
    hazard.step += 1
  }
}
