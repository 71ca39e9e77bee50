import { exchangeDayOf, midnightOf } from '#shared/calendar/new-york'
import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import type { Fill } from '#alpaca'
import type { AccountState } from '../state/index.ts'
import type { TradingClient } from '../deps.ts'

/** How much of what was read before to read again: Alpaca may list a fill late. */
const MARGIN_MS = 10 * MINUTE_MS

/** Alpaca's list of the account's fills: today's, and those of orders whose fills are known only by their sum. */
export class ExchangeFills {
  readonly #client: Pick<TradingClient, 'getFills'>
  #fills = new Map<string, Fill>()
  #from: EpochMs = Number.POSITIVE_INFINITY

  constructor(client: Pick<TradingClient, 'getFills'>) {
    this.#client = client
  }

  /** The fills that the account state should agree with, oldest first. Only what is new is requested. */
  async read(accountState: AccountState, now: EpochMs): Promise<readonly Fill[]> {
    const from = Math.min(midnightOf(exchangeDayOf(now)), ...accountState.sumsSince)
    const newest = [...this.#fills.values()].reduce(
      (latest, { at }) => Math.max(latest, at - MARGIN_MS),
      from,
    )
    const after = from < this.#from ? from : newest
    const { rows } = await this.#client.getFills({ after, direction: 'asc' })
    for (const fill of rows) this.#fills.set(fill.id, fill)
    this.#from = from
    this.#fills = new Map([...this.#fills].filter(([, { at }]) => at >= from))
    return [...this.#fills.values()]
  }
}
