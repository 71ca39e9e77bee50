import type { Connection } from '#shared/market'
import { MINUTE_MS } from '#shared/time'
import type { Reconciliation } from '#shared/trading/account'
import type { EpochMs } from '#shared/units'

/** Main compares with Alpaca once a minute; figures not confirmed for this long may be old, ms. */
const CONFIRMED_WITHIN_MS = 2 * MINUTE_MS

/** Why the account's figures may be old; undefined while they follow prices that arrive and Alpaca's reports. */
export function whyAccountStale(
  { state, at }: Reconciliation,
  feed: Connection['status'] | undefined,
  now: EpochMs,
): string | undefined {
  if (state === 'failed') return 'Alpaca’s last report could not be loaded.'
  if (now - at > CONFIRMED_WITHIN_MS) return 'Not confirmed by Alpaca for over 2 minutes.'
  if (feed !== 'connected') return 'Price feed down.'
  return undefined
}
