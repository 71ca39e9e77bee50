import { isExchangeClosed } from '#shared/exchange-calendar'
import { dollarsEach } from '#shared/format/money'
import { sideName } from '#shared/trading/describe-order'
import { positive } from '../amounts.ts'
import { isReducing } from '../exits.ts'
import { marketName, marketPrice } from '../market-prices.ts'
import { changeTo, problem, type Check } from '../problems.ts'

/** A buy stop must be above the market and a sell stop below it, or it triggers immediately. */
export const checkStopSide: Check = (draft, context) => {
  const { type, side, stopPrice, limitPrice, orderClass } = draft
  const [stop, market] = [positive(stopPrice), marketPrice(context.row)]
  if (orderClass === 'oco' || (type !== 'stop' && type !== 'stop_limit') || !stop || !market) return []
  if (side === 'buy' ? stop.gt(market) : stop.lt(market)) return []
  const place = side === 'buy' ? 'above' : 'below'
  const mayPass = isExchangeClosed(context.session.phase) || isReducing(draft, context)
  return [
    problem(
      mayPass ? 'ask' : 'refuse',
      'STOP_ON_WRONG_SIDE',
      `${sideName(side)} stop must be ${place} ${marketName(context.row)} (${dollarsEach(market.toDecimalPlaces(4))}); would trigger immediately.`,
      {
        field: 'stopPrice',
        fix: changeTo('Use limit order', {
          type: 'limit',
          limitPrice: limitPrice ?? stopPrice,
          stopPrice: undefined,
        }),
      },
    ),
  ]
}

/** Asks about a stop limit whose limit is before its stop, because it may not fill once triggered. */
export const checkStopLimit: Check = ({ type, side, stopPrice, limitPrice, orderClass }) => {
  const [stop, limit] = [positive(stopPrice), positive(limitPrice)]
  if (type !== 'stop_limit' || orderClass === 'oco' || !stop || !limit) return []
  if (side === 'buy' ? limit.gte(stop) : limit.lte(stop)) return []
  return [
    problem(
      'ask',
      'STOP_ON_WRONG_SIDE',
      `Limit is ${side === 'buy' ? 'below' : 'above'} the stop (${dollarsEach(stop)}); may not fill.`,
      { field: 'limitPrice', fix: changeTo(`Use ${dollarsEach(stop)}`, { limitPrice: stopPrice }) },
    ),
  ]
}
