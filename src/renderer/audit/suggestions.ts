import type { OrderView } from '#shared/trading/order'
import { stockSymbol, type StockSymbol } from '#shared/units'
import { orderTitle } from '../ui/describe-order.ts'
import { GROUPS, groupOf, groupTitle, titleOf, typesIn } from './describe-event.ts'
import type { AuditChoice } from '../stores/audit-choice.ts'

/** Something to show the events of. */
export interface Suggestion {
  readonly label: string
  /** What it is. */
  readonly about: string
  readonly choice: Pick<AuditChoice, 'symbol' | 'orderId' | 'kind'>
}

interface Findable {
  readonly symbols: readonly StockSymbol[]
  readonly orders: readonly OrderView[]
  /** The event types in the log. */
  readonly types: readonly string[]
}

/** How many of each kind are suggested. */
const MOST = 5
/** The beginning of an order's id: a UUID, or what another program chose. */
const ID = /^[0-9a-z-]{6,}$/i

/**
 * What a text may stand for, the likeliest first: a known symbol, an event, an order, and at last a symbol that is not
 * known to be in the log.
 */
export function suggestionsFor(text: string, { symbols, orders, types }: Findable): readonly Suggestion[] {
  const typed = text.trim()
  if (typed === '') return []
  const [upper, lower] = [typed.toUpperCase(), typed.toLowerCase()]
  const alike = symbols.filter((symbol) => symbol.startsWith(upper)).sort()
  const read = stockSymbol.safeParse(upper)
  const other = read.success && !alike.includes(read.data) ? [read.data] : []
  const groups = GROUPS.filter((group) => types.some((type) => groupOf(type) === group))
  const kinds = [
    ...groups.map((group) => ({ label: groupTitle(group), name: group, types: typesIn(group, types) })),
    ...types.map((type) => ({ label: titleOf(type), name: type, types: [type] })),
  ].filter(({ label }) => label.toLowerCase().includes(lower))
  const found = orders.filter(
    (order) => order.id.toLowerCase().startsWith(lower) || orderTitle(order).toLowerCase().includes(lower),
  )
  const isId = found.length === 0 && ID.test(typed) && /\d/.test(typed)
  return [
    ...alike.slice(0, MOST).map(bySymbol),
    ...kinds.slice(0, MOST).map(({ label, ...kind }) => ({ label, about: 'Event', choice: { kind } })),
    ...found.slice(0, MOST).map((order) => ({
      label: orderTitle(order),
      about: `Order ${order.id}`,
      choice: { orderId: order.id },
    })),
    ...(isId ? [{ label: `${typed}…`, about: 'Order ID', choice: { orderId: typed } }] : []),
    ...other.map(bySymbol),
  ]
}

const bySymbol = (symbol: StockSymbol): Suggestion => ({
  label: symbol,
  about: 'Symbol',
  choice: { symbol },
})
