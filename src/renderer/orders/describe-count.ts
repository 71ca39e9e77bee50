import { formatCount } from '#shared/format/numbers'
import { SHOWN_CLOSED } from '#shared/trading/account'
import { isClosed, type OrderView } from '#shared/trading/order'

/**
 * How many of a list are shown: `3 of 40 fills`. `orders`: all that the window has; of many, it got only the latest, and
 * what is older stands in Audit.
 */
export function describeCount(
  shown: number,
  all: number,
  one: string,
  orders: readonly Pick<OrderView, 'state'>[],
): string {
  const many = all === 1 ? one : `${one}s`
  const isCut = orders.filter(isClosed).length >= SHOWN_CLOSED
  const total = isCut ? `the latest ${formatCount(all)}` : formatCount(all)
  return `${shown === all ? total : `${formatCount(shown)} of ${total}`} ${many}${isCut ? '; older ones in Audit' : ''}`
}
