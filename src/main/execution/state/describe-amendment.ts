import { dollarsEach } from '#shared/format/money'
import { describeShares, formatShares } from '#shared/format/shares'
import type { Price } from '#shared/units'
import type { EventOf } from './event.ts'

/** The events by which the exchange takes back or corrects a trade. */
export type TradeAmendment = EventOf<'OrderTradeBusted'> | EventOf<'OrderTradeCorrected'>

/** What happened to the trade. */
export const amendmentName = ({ type }: TradeAmendment): string =>
  type === 'OrderTradeBusted' ? 'Trade busted' : 'Trade corrected'

/** Which execution is meant, and how the order's totals changed. */
export function describeAmendment({ type, payload }: TradeAmendment): string {
  const { execution, filledQuantity, filledBefore, averagePrice, averageBefore } = payload
  const trade = execution && `${describeShares(execution.quantity)} at ${dollarsEach(execution.price)}`
  const what =
    type === 'OrderTradeBusted'
      ? `Alpaca took back ${trade ?? 'an execution'}.`
      : `Alpaca corrected an execution${trade === undefined ? '' : ` to ${trade}`}.`
  const changes = [
    filledBefore !== filledQuantity &&
      `Filled ${formatShares(filledBefore)} → ${formatShares(filledQuantity)}.`,
    averageBefore !== averagePrice && `Avg ${averageText(averageBefore)} → ${averageText(averagePrice)}.`,
  ].filter((change) => change !== false)
  return [what, ...(changes.length > 0 ? changes : ['Alpaca’s totals of the order are as before.'])].join(' ')
}

const averageText = (average: Price | undefined): string =>
  average === undefined ? 'none' : dollarsEach(average)
