import type { Decimal } from 'decimal.js'
import { dollarsEach } from '#shared/format/money'
import type { OrderDraft } from '#shared/trading/order'
import type { OrderProblem, ProblemFix } from '#shared/trading/problem'
import { PLACES } from '#shared/units'
import { exact, positive } from '../amounts.ts'
import type { RiskContext } from '../context.ts'
import { marketName, marketPrice } from '../market-prices.ts'
import { ownPrice } from '../order-size.ts'
import { changeTo, problem, refuse, type Check } from '../problems.ts'

/** Minimum distance of a stop leg from its base price, US dollars. */
const LEAST_DISTANCE = exact('0.01')

/** Base price of the exits: the entry's own price, else the market; for an OCO the market. */
const basePrice = (draft: OrderDraft, { row }: RiskContext) =>
  (draft.orderClass === 'oco' ? undefined : positive(ownPrice(draft))) ?? marketPrice(row)

/** The target must be on the winning side, the stop on the losing side. */
export const checkLegSides: Check = (draft, context) => {
  if (draft.orderClass === 'simple') return []
  const isLong = (draft.side === 'buy') === (draft.orderClass !== 'oco')
  const beyond = (price: Decimal, from: Decimal) => (isLong ? price.gt(from) : price.lt(from))
  const isBelow = (stop: Decimal, from: Decimal) =>
    beyond(from, stop) && from.minus(stop).abs().gte(LEAST_DISTANCE)
  const [win, lose] = isLong ? ['above', 'below'] : ['below', 'above']
  const target = positive(draft.takeProfit?.limitPrice)
  const stop = positive(draft.stopLoss?.stopPrice)
  const base = basePrice(draft, context)
  const from =
    base &&
    `${draft.orderClass === 'oco' ? marketName(context.row) : 'entry'} (${dollarsEach(base.toDecimalPlaces(PLACES))})`
  const swap =
    target && stop && base && beyond(stop, base) && isBelow(target, base) && !draft.stopLoss?.limitPrice
      ? swapped(draft)
      : undefined
  const targetWrong = target && base && !beyond(target, base)
  const stopWrong = stop && base && !isBelow(stop, base)
  const crossed = target && stop && !isBelow(stop, target) && !targetWrong && !stopWrong
  return [
    ...(targetWrong ? [misplaced(`Target must be ${win} ${from}.`, 'takeProfit', swap)] : []),
    ...(stopWrong ? [misplaced(`Stop must be ${lose} ${from}.`, 'stopLoss', swap)] : []),
    ...(crossed ? [misplaced(`Target must be ${win} stop (${dollarsEach(stop)}).`, 'takeProfit')] : []),
  ]
}

const misplaced = (sentence: string, field: 'takeProfit' | 'stopLoss', fix?: ProblemFix): OrderProblem =>
  refuse('LEG_ON_WRONG_SIDE', sentence, { field, fix })

const swapped = ({ takeProfit, stopLoss }: OrderDraft) =>
  changeTo('Swap target and stop', {
    ...(stopLoss && { takeProfit: { limitPrice: stopLoss.stopPrice } }),
    ...(takeProfit && { stopLoss: { stopPrice: takeProfit.limitPrice } }),
  })

/** Asks about a stop loss whose limit is on the near side of its stop: it may not fill when needed. */
export const checkStopLossLimit: Check = ({ orderClass, side, stopLoss }) => {
  const [stop, limit] = [positive(stopLoss?.stopPrice), positive(stopLoss?.limitPrice)]
  if (orderClass === 'simple' || !stop || !limit) return []
  const isSale = (side === 'buy') === (orderClass !== 'oco')
  if (isSale ? limit.lte(stop) : limit.gte(stop)) return []
  return [
    problem(
      'ask',
      'LEG_ON_WRONG_SIDE',
      `Stop-limit price is ${isSale ? 'above' : 'below'} the stop (${dollarsEach(stop)}); may not fill.`,
      { field: 'stopLoss' },
    ),
  ]
}
