import type { Period } from '#capabilities/planreading/model/index.ts'
import { formatDay } from '#shell/text/format.ts'
import { type ProposalView, periodWords, roleWords } from '../model/index.ts'

type Facts = ProposalView['facts']

/** 每2个月不少于1次（只限高危企业）, 2024-06-30前: when and how often, as people say it. */
export function whenWords({ from, to, ruleWords, period, every, least, unit, only }: Facts): string {
  const often = period && `${every > 1 ? everyWords(period, every) : periodWords[period]}${amountWords(least, unit)}`
  const span =
    from && to ? `${formatDay(from)}至${formatDay(to)}` : to ? `${formatDay(to)}前` : from && `${formatDay(from)}起`
  return [often, ruleWords, span, only && `只限${only}`].filter(Boolean).join('，')
}

const everyWords = (period: Period, every: number) => periodWords[period].replace('每', `每${every}个`)
const amountWords = (least: number | null, unit: string | null) => (least === null ? '' : `不少于${least}${unit ?? ''}`)

export const whoWords = ({ who }: Facts): string =>
  who.map(({ role, body }) => `${roleWords[role]}：${body}`).join('；')
