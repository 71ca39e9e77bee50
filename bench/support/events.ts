import { FIRST_HASH, hashOf, type StoredEvent } from '../../src/storage/events/event.ts'

const TYPES = ['OrderRequested', 'OrderSent', 'OrderAccepted', 'OrderFilled', 'OrderClosed'] as const
const BATCH = 1_000
const BEGAN_AT = Date.UTC(2026, 0, 5)

/**
 * A log of orders with five events each, in batches to insert; one order in twelve belongs to the other
 * account.
 */
export function* storedEvents(count: number): Generator<readonly StoredEvent[]> {
  let hash = FIRST_HASH
  for (let first = 0; first < count; first += BATCH) {
    const size = Math.min(BATCH, count - first)
    yield Array.from({ length: size }, (_, at) => {
      const event = orderEvent(first + at)
      hash = hashOf(hash, event)
      return { ...event, hash }
    })
  }
}

function orderEvent(index: number): Omit<StoredEvent, 'hash'> {
  const order = Math.floor(index / TYPES.length)
  const step = index % TYPES.length
  const orderId = `904837e3-3b76-47ec-b432-${String(order).padStart(12, '0')}`
  return {
    id: index + 1,
    stream: `${order % 12 === 0 ? 'live' : 'paper'}:order:${orderId}`,
    version: step + 1,
    type: TYPES[step] ?? 'OrderClosed',
    payload: {
      version: 1,
      order: {
        id: orderId,
        symbol: 'AAPL',
        side: 'buy',
        type: 'limit',
        quantity: '100',
        limitPrice: '189.25',
      },
      filled: '100',
      averagePrice: '189.2450',
    },
    at: BEGAN_AT + index * 1_000,
  }
}
