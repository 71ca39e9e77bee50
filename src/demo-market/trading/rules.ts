/** Rules for an order by itself, whoever sends it and whenever. Each rule throws Alpaca's refusal. */
import type { Decimal } from 'decimal.js'
import { amount } from '../matching/index.ts'
import type { SimAsset } from '../reference/index.ts'
import { forbidden, invalid, unprocessable } from './refusals.ts'
import type { SimOrderDraft } from './request.ts'

const SMALLEST_NOTIONAL = amount(1)
const SMALLEST_TRAIL_PERCENT = amount('0.1')

/** Checks decimal places: four for prices below one dollar, otherwise two. */
export function checkTick(name: string, price: Decimal | undefined): void {
  if (price === undefined || price.decimalPlaces() <= (price.gte(1) ? 2 : 4)) return
  throw unprocessable(
    `invalid ${name} ${price.toFixed()}. sub-penny increment does not fulfill minimum pricing criteria`,
  )
}

function checkQuantity({ qty, notional, type }: SimOrderDraft): void {
  if (qty === undefined && notional === undefined) throw invalid('qty or notional is required')
  if (qty !== undefined && notional !== undefined) throw invalid('only one of qty or notional is accepted')
  if (notional?.lt(SMALLEST_NOTIONAL)) throw unprocessable('notional must be >= 1.00')
  if (notional !== undefined && type !== 'market')
    throw unprocessable('notional orders must be market orders')
}

function checkPrices({ type, limitPrice, stopPrice, trailPrice, trailPercent }: SimOrderDraft): void {
  const [hasLimit, hasStop] = [limitPrice !== undefined, stopPrice !== undefined]
  const [hasTrail, hasPercent] = [trailPrice !== undefined, trailPercent !== undefined]
  if (type === 'market' && (hasLimit || hasStop))
    throw unprocessable('market orders require no stop or limit price')
  if (type === 'limit' && !hasLimit) throw invalid('limit orders require a limit price')
  if (type === 'limit' && hasStop) throw unprocessable('limit orders require only limit price')
  if (type === 'stop' && !hasStop) throw invalid('stop orders require a stop price')
  if (type === 'stop' && hasLimit) throw unprocessable('stop orders require only stop price')
  if (type === 'stop_limit' && !(hasLimit && hasStop))
    throw invalid('stop limit orders require both stop and limit price')
  if (type === 'trailing_stop' && hasTrail === hasPercent)
    throw invalid('trailing stop orders must specify one of trail_price or trail_percent')
  if (type !== 'trailing_stop' && (hasTrail || hasPercent))
    throw unprocessable(`${type} orders must not have trail_price or trail_percent`)
  if (trailPercent?.lt(SMALLEST_TRAIL_PERCENT))
    throw invalid('trail_percent must be greater than or equal to 0.1')
  checkTick('limit_price', limitPrice)
  checkTick('stop_price', stopPrice)
}

function checkTimeInForce({ type, timeInForce, extendedHours }: SimOrderDraft): void {
  if (extendedHours && (type !== 'limit' || (timeInForce !== 'day' && timeInForce !== 'gtc')))
    throw unprocessable('extended hours order must be DAY or GTC limit orders')
  if (timeInForce === 'day' || timeInForce === 'gtc') return
  if (type !== 'market' && type !== 'limit')
    throw unprocessable(`invalid order type for ${timeInForce} order: ${type}`)
}

function checkFraction(
  { qty, notional, timeInForce, type, orderClass }: SimOrderDraft,
  asset: SimAsset,
): void {
  if (notional === undefined && (qty === undefined || qty.isInteger())) return
  if (!asset.fractionable) throw forbidden(`asset "${asset.symbol}" is not fractionable`)
  if (timeInForce !== 'day') throw unprocessable('fractional orders must be DAY orders')
  if (orderClass !== '' && orderClass !== 'simple')
    throw unprocessable('fractional orders must be simple orders')
  if (type === 'trailing_stop')
    throw unprocessable('fractional orders must be market, limit, stop, or stop_limit orders')
}

/** Checks everything about an order that does not depend on the account or the market. */
export function checkDraft(draft: SimOrderDraft, asset: SimAsset | undefined): asserts asset is SimAsset {
  if (asset === undefined) throw unprocessable(`asset "${draft.symbol}" not found`)
  if (draft.orderClass !== 'oco') checkPrices(draft)
  checkQuantity(draft)
  checkTimeInForce(draft)
  checkFraction(draft, asset)
}
