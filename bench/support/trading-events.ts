import type { TradingEvent } from '../../src/main/execution/state/index.ts'
import { FIRST_HASH, hashOf, type StoredEvent } from '../../src/storage/events/event.ts'
import { orderDraft } from '../../src/shared/trading/order.ts'
import { toPrice, toQuantity } from '../../src/shared/units.ts'

const BATCH = 1_000
const BEGAN_AT = Date.UTC(2025, 0, 6, 15)

/** The events of one order; an order that buys is followed by one that sells. */
function lifeOf(order: number, at: number): readonly TradingEvent[] {
  const side = order % 2 === 0 ? 'buy' : 'sell'
  const draft = orderDraft.parse({
    symbol: 'AAPL',
    side,
    type: 'limit',
    timeInForce: 'day',
    orderClass: 'simple',
    quantity: '100',
    limitPrice: '189.25',
    extendedHours: false,
  })
  const fill = (total: number) => ({
    version: 1 as const,
    executionId: `${order}-${total}`,
    quantity: toQuantity(50),
    price: toPrice(189.25),
    filledQuantity: toQuantity(total),
    averagePrice: toPrice(189.25),
    filledAt: at,
  })
  return [
    { type: 'OrderRequested', payload: { version: 1, by: { kind: 'trader' }, draft, accepted: [] } },
    { type: 'OrderAccepted', payload: { version: 1, exchangeId: `exchange-${order}`, legs: [] } },
    { type: 'OrderOpen', payload: { version: 1 } },
    { type: 'OrderPartiallyFilled', payload: fill(50) },
    { type: 'OrderFilled', payload: fill(100) },
  ]
}

/**
 * A log of one paper account that trades all day, in batches to insert; `count` is a multiple of a thousand.
 */
export function* tradingEvents(count: number): Generator<readonly StoredEvent[]> {
  let hash = FIRST_HASH
  for (let first = 0; first < count; first += BATCH) {
    const batch: StoredEvent[] = []
    for (let order = first / 5; order < (first + BATCH) / 5; order++) {
      const at = BEGAN_AT + order * 60_000
      for (const [step, { type, payload }] of lifeOf(order, at).entries()) {
        const stream = `paper:order:904837e3-3b76-47ec-b432-${String(order).padStart(12, '0')}`
        const event = { id: order * 5 + step + 1, stream, version: step + 1, type, payload, at }
        hash = hashOf(hash, event)
        batch.push({ ...event, hash })
      }
    }
    yield batch
  }
}
