import { Decimal } from 'decimal.js'
import { amount, averagePrice, gainToday, QTY_PLACES, ZERO } from '../matching/index.ts'
import { assetOf } from '../reference/index.ts'
import { json, Refusal, type Route } from '../server/index.ts'
import { availableShares } from './commitments.ts'
import { standingToday } from './day-start.ts'
import { admit } from './admission.ts'
import { cancelAll, type OrderRouteDeps } from './order-routes.ts'
import { notFound, unprocessable } from './refusals.ts'
import type { SimOrderDraft } from './request.ts'

const RATIO_PLACES = 10

const ratio = (part: Decimal, whole: Decimal): string =>
  whole.eq(0) ? '0' : part.div(whole).toDecimalPlaces(RATIO_PLACES).toFixed()

/** Positions, and closing them. */
export function positionRoutes(deps: OrderRouteDeps): readonly Route[] {
  const { ledger, prices, wire, intake } = deps
  const { accountState } = ledger

  /** The symbol of a position requested by symbol or by asset id. */
  function heldSymbol(asked: string): string {
    const found = [...accountState.holdings.keys()].find((symbol) => {
      const listing = prices.listing(symbol)
      return symbol === asked || (listing !== undefined && assetOf(listing).id === asked)
    })
    if (found === undefined) throw notFound('position does not exist')
    return found
  }

  function toPosition(symbol: string): object {
    const { qty, cost } = accountState.holding(symbol)
    const listing = prices.listing(symbol)
    const [current, lastDay] = [prices.current(symbol), prices.lastDay(symbol)]
    const isLong = qty.gt(0)
    const basis = isLong ? cost : cost.neg()
    const value = qty.times(current)
    const gain = value.minus(basis)
    const carried = standingToday(accountState, ledger.clock.now()).shares.get(symbol) ?? ZERO
    const today = gainToday({ qty, cost }, carried, { current, lastDay })
    return {
      asset_id: listing === undefined ? '' : assetOf(listing).id,
      symbol,
      exchange: listing?.exchange ?? '',
      asset_class: 'us_equity',
      asset_marginable: true,
      qty: qty.toFixed(),
      qty_available: availableShares(accountState, symbol)
        .times(isLong ? 1 : -1)
        .toFixed(),
      avg_entry_price: averagePrice(cost, qty.abs()).toFixed(),
      side: isLong ? 'long' : 'short',
      market_value: value.toFixed(),
      cost_basis: basis.toFixed(),
      unrealized_pl: gain.toFixed(),
      unrealized_plpc: ratio(gain, cost),
      unrealized_intraday_pl: today.gain.toFixed(),
      unrealized_intraday_plpc: ratio(today.gain, today.basis),
      current_price: current.toFixed(),
      lastday_price: lastDay.toFixed(),
      change_today: ratio(current.minus(lastDay), lastDay),
    }
  }

  function closing(symbol: string, query: URLSearchParams): object {
    const { qty } = accountState.holding(symbol)
    return wire.nested(intake.accept(admit(deps, closingDraft(symbol, qty, partOf(qty.abs(), query)))))
  }

  function attempt(symbol: string): object {
    try {
      return { symbol, status: 200, body: closing(symbol, new URLSearchParams()) }
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      return { symbol, status: refusal.status, body: refusal.toBody() }
    }
  }

  return [
    {
      method: 'GET',
      path: '/v2/positions',
      answer: () => json([...accountState.holdings.keys()].map(toPosition)),
    },
    {
      method: 'DELETE',
      path: '/v2/positions',
      answer({ query }) {
        if (query.get('cancel_orders') === 'true') {
          cancelAll(deps)
          intake.settle()
        }
        return json([...accountState.holdings.keys()].map(attempt), 207)
      },
    },
    {
      method: 'GET',
      path: '/v2/positions/:position',
      answer: (_, asked) => json(toPosition(heldSymbol(asked))),
    },
    {
      method: 'DELETE',
      path: '/v2/positions/:position',
      answer: ({ query }, asked) => json(closing(heldSymbol(asked), query)),
    },
  ]
}

/** How many shares of a position to close: all of them unless a part is specified. */
function partOf(held: Decimal, query: URLSearchParams): Decimal {
  const [qty, percentage] = [query.get('qty') ?? '', query.get('percentage') ?? '']
  if (qty !== '' && percentage !== '') throw unprocessable('only one of qty or percentage is accepted')
  if (qty === '' && percentage === '') return held
  const text = qty === '' ? percentage : qty
  const value = /^\d+(\.\d+)?$/.test(text) ? amount(text) : ZERO
  if (value.lte(0)) throw unprocessable(`invalid ${qty === '' ? 'percentage' : 'qty'}: ${text}`)
  if (qty !== '') return value
  if (value.gt(100)) throw unprocessable('percentage must be between 0 and 100')
  return held.times(value).div(100).toDecimalPlaces(QTY_PLACES, Decimal.ROUND_DOWN)
}

const closingDraft = (symbol: string, held: Decimal, qty: Decimal): SimOrderDraft => ({
  symbol,
  side: held.gt(0) ? 'sell' : 'buy',
  type: 'market',
  timeInForce: 'day',
  orderClass: '',
  qty,
  notional: undefined,
  limitPrice: undefined,
  stopPrice: undefined,
  trailPrice: undefined,
  trailPercent: undefined,
  extendedHours: false,
  clientOrderId: undefined,
  positionIntent: undefined,
  takeProfit: undefined,
  stopLoss: undefined,
})
