import { Decimal } from 'decimal.js'
import { isClosed, wasSent } from '#shared/trading/order'
import { MINUTE_MS } from '#shared/time'
import type { StockSymbol } from '#shared/units'
import { pause, type Clock } from '#process/clock'
import type { TradingLog } from '../event-log/trading-log.ts'
import type { OrderRecord } from '../state/index.ts'
import { isCloser, type FlattenProgress } from './flatten-progress.ts'
import type { FreePositionCloser } from './free-position-closer.ts'

interface PursuitDeps {
  readonly tradingLog: TradingLog
  readonly closing: FreePositionCloser
  readonly clock: Clock
}

/** What a flatten could not wait for. */
export interface Pursued {
  /** Our ids of the orders that were without an answer, or whose cancel hung. */
  readonly ids: ReadonlySet<string>
  /** Their symbols, as far as positions may be left there. */
  readonly inDoubt: ReadonlySet<StockSymbol>
}

/** How long to stay after orders: a lost connection may hide them. */
const PURSUED_FOR_MS = 30 * MINUTE_MS
const POLL_MS = 1_000

/**
 * Stays after the orders that were without an answer, or whose cancel hung: once all are settled, closes what they left in
 * their symbols, unless the trader has sent another order there; and what one of them bought that shows up even later,
 * although the exchange had said that it has no such order. By then the trader may hold more on purpose.
 */
export async function pursueOrders(
  { tradingLog, closing, clock }: PursuitDeps,
  progress: FlattenProgress,
  { ids, inDoubt }: Pursued,
): Promise<void> {
  const since = clock.now()
  const orders = () => [...ids].flatMap((id) => tradingLog.accountState.orders.get(id) ?? [])
  while (!orders().every(isClosed)) if (!(await waited())) return
  const rest = [...inDoubt].filter((symbol) => !isLeftAlone(symbol))
  await closing.closeIn(new Map(rest.map((symbol) => [symbol, undefined])), progress)
  for (let absent = orders().filter(isAbsent); absent.length > 0; absent = absent.filter(isStillAbsent)) {
    if (!(await waited())) return
    const shown = orders().filter((order) => isClosed(order) && !isAbsent(order))
    const found = shown.filter(({ id }) => absent.some((order) => order.id === id))
    await closing.closeIn(changeOf(found), progress)
  }

  /** Waits for the next look; false once it is too late or the account is closed. */
  async function waited(): Promise<boolean> {
    await pause(clock, POLL_MS)
    return tradingLog.isOpen && clock.now() < since + PURSUED_FOR_MS
  }

  /** Whether the trader has sent another order in the symbol. */
  function isLeftAlone(symbol: StockSymbol): boolean {
    return [...tradingLog.accountState.orders.values()].some(
      (order) =>
        order.terms.symbol === symbol &&
        order.draft !== undefined &&
        wasSent(order) &&
        order.requestedAt >= since &&
        !isCloser(progress, order.id),
    )
  }

  function isStillAbsent({ id }: OrderRecord): boolean {
    const order = tradingLog.accountState.orders.get(id)
    return order !== undefined && (isAbsent(order) || !isClosed(order))
  }
}

/** How many shares these orders bought in each symbol, less those that they sold. */
function changeOf(orders: readonly OrderRecord[]): ReadonlyMap<StockSymbol, Decimal> {
  const changes = new Map<StockSymbol, Decimal>()
  for (const { terms, filledQuantity } of orders) {
    const change = new Decimal(filledQuantity).times(terms.side === 'buy' ? 1 : -1)
    changes.set(terms.symbol, change.plus(changes.get(terms.symbol) ?? 0))
  }
  return changes
}

/** Whether the exchange has said that it has no such order; it may have been wrong. */
const isAbsent = ({ state }: OrderRecord): boolean => state === 'never-arrived'
