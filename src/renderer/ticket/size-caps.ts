import { Decimal } from 'decimal.js'
import { dollars } from '#shared/format/money'
import { formatCount } from '#shared/format/numbers'
import type { AccountSummary, PositionView } from '#shared/trading/account'
import { reservedPerShare } from '#shared/trading/buying-power'
import { orderValueLimits, positionValueLimits, type RiskLimits } from '#shared/trading/limits'
import { hasLimit, hasStop, type TicketForm } from './ticket-form.ts'

/** The most shares that an order may be for, and by what, after "your": `$25,000 order limit`. */
interface SizeCap {
  readonly shares: Decimal
  readonly name: string
}

/** The trader's limits, the account and the position in the symbol; absent while unknown. */
export interface SizeLimits {
  readonly limits?: RiskLimits | undefined
  readonly account?: AccountSummary | undefined
  readonly position?: PositionView | undefined
}

/** Dollars, without cents if there are none: `$25,000`. */
export const plainDollars = (amount: Decimal): string => dollars(amount).replace(/\.00$/, '')

/** The least that the trader's limits and the account leave for an entry at this price; undefined while nothing is known. */
export function smallestCap(
  form: TicketForm,
  entry: Decimal,
  { limits, account, position }: SizeLimits,
): SizeCap | undefined {
  if (!limits) return undefined
  const equity = account && new Decimal(account.equity)
  const order = orderValueLimits(limits, equity).most
  const caps = [
    { shares: order.div(entry), name: `${plainDollars(order)} order limit` },
    { shares: new Decimal(limits.mostShares), name: `${formatCount(limits.mostShares)}-share limit` },
  ]
  if (account && equity) {
    const power = Decimal.max(account.buyingPower, 0)
    const most = positionValueLimits(limits, equity).most
    const held = new Decimal(position?.quantity ?? 0).times(form.side === 'buy' ? entry : entry.neg())
    caps.push(
      { shares: power.div(reserved(form, entry)), name: `${plainDollars(power)} buying power` },
      { shares: most.minus(held).div(entry), name: `${plainDollars(most)} position limit` },
    )
  }
  const [least] = caps.sort((a, b) => a.shares.comparedTo(b.shares))
  return least && { ...least, shares: Decimal.max(least.shares.floor(), 0) }
}

/** Dollars that Alpaca reserves per share. */
function reserved(form: TicketForm, entry: Decimal): Decimal {
  const limit = hasLimit(form) ? entry : undefined
  const stop = hasStop(form) ? entry : undefined
  return reservedPerShare({ side: form.side, limit, stop, ask: entry }) ?? entry
}
