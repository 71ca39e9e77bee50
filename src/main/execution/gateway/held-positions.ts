import type { Listing, Position } from '#alpaca'
import type { TradingClient } from '../deps.ts'

/** The positions that the exchange holds, without rows of zero shares. */
export async function heldPositions(client: Pick<TradingClient, 'getPositions'>): Promise<Listing<Position>> {
  const { rows, unreadable } = await client.getPositions()
  return { rows: rows.filter(({ qty }) => !qty.isZero()), unreadable }
}
