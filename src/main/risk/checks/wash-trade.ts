import { dollars, dollarsEach } from '#shared/format/money'
import { formatCount } from '#shared/format/numbers'
import { formatShares } from '#shared/format/shares'
import type { OrderDraft, OrderView } from '#shared/trading/order'
import { hasLimitPrice } from '#shared/trading/order-rules'
import { positive } from '../amounts.ts'
import { workingOrders } from '../exits.ts'
import { refuse, type Check } from '../problems.ts'

type Priced = Pick<OrderDraft, 'type' | 'orderClass' | 'limitPrice'>

/** Orders that Alpaca exempts from its wash-trade rule. */
const isExempt = ({ type, orderClass }: Priced) =>
  type === 'trailing_stop' || orderClass === 'bracket' || orderClass === 'oco'

/** Whether a buy and a sale could trade with each other, by Alpaca's rule: limits that do not meet cannot. */
function couldMeet(buy: Priced, sale: Priced): boolean {
  if (isExempt(buy) || isExempt(sale)) return false
  if (!hasLimitPrice(buy.type) || !hasLimitPrice(sale.type)) return true
  const [high, low] = [positive(buy.limitPrice), positive(sale.limitPrice)]
  return high === undefined || low === undefined || high.gte(low)
}

/** Alpaca refuses an order that could trade with one's own, even with one that is still being canceled. */
export const checkWashTrade: Check = (draft, context) => {
  const other = draft.side === 'buy' ? 'sell' : 'buy'
  const own = workingOrders(context, draft.symbol, other).filter((order) =>
    draft.side === 'buy' ? couldMeet(draft, order) : couldMeet(order, draft),
  )
  const first = own.find(({ state }) => state !== 'pending-cancel') ?? own[0]
  if (first === undefined) return []
  const more = own.length > 1 ? ` and ${formatCount(own.length - 1)} more` : ''
  const sentence = `Would trade against your own open ${describe(first)}${more} (wash trade).`
  if (first.state === 'pending-cancel')
    return [refuse('WASH_TRADE', `${sentence} Cancel pending; please wait.`)]
  return [
    refuse('WASH_TRADE', `${sentence} Cancel it first.`, {
      fix: { kind: 'cancel-order', label: 'Cancel it first', orderId: first.id },
    }),
  ]
}

function describe({ side, symbol, quantity, notional, limitPrice, stopPrice }: OrderView): string {
  const amount = quantity === undefined ? `${dollars(notional ?? 0)} of` : formatShares(quantity)
  const at = limitPrice ?? stopPrice
  return `${side} ${amount} ${symbol}${at === undefined ? '' : ` @ ${dollarsEach(at)}`}`
}
