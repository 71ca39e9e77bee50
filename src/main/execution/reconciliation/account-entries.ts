import { Decimal } from 'decimal.js'
import { defined } from '#shared/defined'
import type { Difference } from '#shared/trading/account'
import { stockSymbol, toSignedDecimal } from '#shared/units'
import type { Account, Position } from '#alpaca'
import type { AccountState, TradingEvent } from '../state/index.ts'
import type { ExchangeSnapshot } from './exchange-snapshot.ts'
import { filledOf, newestOfEach, priceOf, stockOf, termsOf } from './exchange-order.ts'
import type { StreamEntry } from '../event-log/trading-log.ts'

/** The event that opens the account state with what the account holds, leaving out options, coins and the like. */
export function opening({ account, positions, open, others, exchangeAt }: ExchangeSnapshot): StreamEntry {
  const { id, accountNumber, cash } = account
  const held = positions.flatMap((position) => {
    const symbol = stockOf(position)
    const { qty, avgEntryPrice } = position
    return symbol
      ? [{ symbol, quantity: toSignedDecimal(qty), averagePrice: avgEntryPrice && priceOf(avgEntryPrice) }]
      : []
  })
  const payload = {
    version: 1 as const,
    accountId: id,
    endsWith: accountNumber.slice(-4),
    cash: toSignedDecimal(cash ?? new Decimal(0)),
    positions: held.map(defined),
    exchangeAt,
    filledBefore: newestOfEach([...open, ...others])
      .filter(termsOf)
      .map((order) => ({ id: order.clientOrderId, ...filledOf(order) })),
  }
  return { stream: 'account', events: [{ type: 'AccountOpened', payload }] }
}

/** Events that take over the exchange's figures where no fill explains them, each with our figure before. */
export function adjustments(
  accountState: AccountState,
  differences: readonly Difference[],
  { account, positions }: { readonly account: Account; readonly positions: readonly Position[] },
): readonly StreamEntry[] {
  const events = differences.flatMap(({ what, of }): readonly TradingEvent[] => {
    if (what === 'cash') return cashAdjusted(accountState, account)
    const isPosition = what === 'position' || what === 'average-price'
    return isPosition ? positionAdjusted(accountState, of, positions) : []
  })
  return [{ stream: 'account', events }]
}

function cashAdjusted(accountState: AccountState, { cash }: Account): readonly TradingEvent[] {
  if (cash === undefined) return []
  const before = toSignedDecimal(accountState.cash ?? new Decimal(0))
  return [{ type: 'CashAdjusted', payload: { version: 1, before, cash: toSignedDecimal(cash) } }]
}

function positionAdjusted(
  accountState: AccountState,
  symbol: string,
  positions: readonly Position[],
): readonly TradingEvent[] {
  const known = stockSymbol.safeParse(symbol)
  if (!known.success) return []
  const { quantity = new Decimal(0), averagePrice } = accountState.holdings.get(known.data) ?? {}
  const { qty = new Decimal(0), avgEntryPrice } = positions.find((one) => stockOf(one) === symbol) ?? {}
  const payload = defined({
    version: 1 as const,
    symbol: known.data,
    before: toSignedDecimal(quantity),
    quantity: toSignedDecimal(qty),
    averagePrice: qty.isZero() ? priceOf(qty) : avgEntryPrice && priceOf(avgEntryPrice),
    averageBefore: averagePrice && priceOf(averagePrice),
  })
  return [{ type: 'PositionAdjusted', payload }]
}
