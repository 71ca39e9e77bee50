import type { EpochMs } from '#shared/units'
import type { StreamEntry } from '../event-log/trading-log.ts'
import type { AccountState } from '../state/index.ts'
import { isClosed } from '#shared/trading/order'

/** How long and how often the exchange must say that it does not have an order which it had. */
const GONE_AFTER_MS = 30_000
const GONE_TIMES = 3

const REASON = 'Alpaca no longer has this order, as after an account reset. Treated as canceled.'

/** Counts for how long the exchange has denied orders that it had accepted: its account was reset under the same id. */
export class VanishedOrders {
  #denied = new Map<string, { readonly since: EpochMs; readonly times: number }>()

  /** Takes the ids that the exchange just denied; answers those that it has denied for long enough. */
  deny(ids: readonly string[], now: EpochMs): ReadonlySet<string> {
    this.#denied = new Map(
      ids.map((id) => {
        const { since = now, times = 0 } = this.#denied.get(id) ?? {}
        return [id, { since, times: times + 1 }]
      }),
    )
    const gone = [...this.#denied].filter(
      ([, { since, times }]) => times >= GONE_TIMES && now - since >= GONE_AFTER_MS,
    )
    return new Set(gone.map(([id]) => id))
  }
}

/** The events that end these orders, as far as they are open. */
export const vanishing = (accountState: AccountState, ids: ReadonlySet<string>): readonly StreamEntry[] =>
  [...ids].flatMap((id): readonly StreamEntry[] => {
    const order = accountState.orders.get(id)
    return order === undefined || isClosed(order)
      ? []
      : [
          {
            stream: `order:${id}`,
            events: [{ type: 'OrderCanceled', payload: { version: 1, reason: REASON } }],
          },
        ]
  })
