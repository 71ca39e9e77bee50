import type { Decimal } from 'decimal.js'
import { amount, sharesFor, type SimOrder } from '../matching/index.ts'
import { assetOf, type SimAsset } from '../reference/index.ts'
import {
  checkBuyingPower,
  checkIntent,
  checkShares,
  checkShort,
  checkUnused,
  checkWashTrade,
  intentOf,
} from './account-rules.ts'
import { buildOrders, reservePriceOf } from './build-order.ts'
import { checkExits } from './complex-rules.ts'
import { reservedDollars } from './commitments.ts'
import { figuresOf, type Figures } from './figures.ts'
import type { TradingHours } from './hours.ts'
import type { Ledger } from './ledger.ts'
import type { Prices } from './prices.ts'
import { forbidden, unprocessable } from './refusals.ts'
import type { SimOrderDraft } from './request.ts'
import { checkDraft } from './rules.ts'

/** What is needed to accept or reject an order. */
export interface AdmissionDeps {
  readonly ledger: Ledger
  readonly hours: TradingHours
  readonly prices: Prices
}

/** The account's figures at current prices. */
export const figuresNow = ({ ledger: { accountState }, prices }: AdmissionDeps): Figures =>
  figuresOf(accountState, reservedDollars(accountState), (symbol) => prices.current(symbol))

/** The orders made from a draft; throws the refusal that Alpaca would give. */
export function admit(deps: AdmissionDeps, draft: SimOrderDraft): readonly SimOrder[] {
  const { ledger, hours, prices } = deps
  const { accountState, clock } = ledger
  const { symbol, side, clientOrderId, timeInForce } = draft
  const listing = prices.listing(symbol)
  const asset: SimAsset | undefined = listing && assetOf(listing)
  checkDraft(draft, asset)
  checkUnused(accountState, clientOrderId)
  const now = clock.now()
  if (timeInForce === 'opg' && !hours.takesAuctionOrders('opg', now))
    throw forbidden('opg orders must be submitted after 7:00pm and before 9:28am')
  if (timeInForce === 'cls' && !hours.takesAuctionOrders('cls', now))
    throw forbidden('cls orders must be submitted after 7:00pm and before 3:50pm')

  const quote = listing && prices.quote(listing)
  if (quote === undefined) throw unprocessable(`asset "${symbol}" is not tradable now`)
  const [bid, ask] = [amount(quote.bid), amount(quote.ask)]
  const intent = intentOf(accountState, symbol, side)
  const closes = intent.endsWith('_to_close')
  const atMarket = side === 'buy' ? ask : bid
  const own =
    draft.orderClass === 'oco' ? draft.takeProfit?.limitPrice : (draft.limitPrice ?? draft.stopPrice)
  checkIntent(intent, draft)
  checkExits(draft, own ?? atMarket, closes)
  checkWashTrade(accountState, draft)
  const qty = draft.qty ?? sharesFor(draft.notional ?? amount(0), atMarket)
  const reservePrice = closes ? undefined : reservePriceOf(draft, { ask })
  if (closes) checkShares(accountState, { symbol, side, qty })
  else if (side === 'sell') checkShort(asset, draft)
  if (reservePrice !== undefined)
    checkBuyingPower(draft.notional ?? qty.times(reservePrice), figuresNow(deps).buyingPower)

  return buildOrders(draft, {
    positionIntent: intent,
    reservePrice,
    expiresAt: hours.expiry(draft, now),
    last: prices.current(symbol),
    time: ledger.stamp(),
  })
}

/** Throws if a replacement needs more than the account has, beyond what the old order already holds. */
export function admitReplacement(
  deps: AdmissionDeps,
  { old, fresh, held }: { old: SimOrder; fresh: SimOrder; held: Decimal },
): void {
  const qty = amount(fresh.qty ?? 0)
  const { symbol, side, reservePrice, clientOrderId, role } = fresh
  checkUnused(deps.ledger.accountState, clientOrderId)
  // An exit of a bracket holds what its entry bought, whatever else is held.
  if (role !== null) return
  if (reservePrice === null) return checkShares(deps.ledger.accountState, { symbol, side, qty }, held)
  const more = qty.times(reservePrice).minus(held.times(old.reservePrice ?? 0))
  if (more.gt(0)) checkBuyingPower(more, figuresNow(deps).buyingPower)
}
