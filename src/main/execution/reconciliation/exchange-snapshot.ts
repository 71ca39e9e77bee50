import { MINUTE_MS } from '#shared/time'
import { isClosed } from '#shared/trading/order'
import type { EpochMs } from '#shared/units'
import { AlpacaError, type Account, type Order, type Position } from '#alpaca'
import { type AccountState } from '../state/index.ts'
import { newestOfEach, withLegs } from './exchange-order.ts'
import type { TradingClient } from '../deps.ts'

/** What the exchange reports when asked for everything in one go. */
export interface ExchangeSnapshot {
  readonly account: Account
  readonly positions: readonly Position[]
  /** Open orders, including their legs. */
  readonly open: readonly Order[]
  /** Other orders whose end the account state may lack: submitted recently, or open when last reported. */
  readonly others: readonly Order[]
}

/** The most orders that Alpaca lists per page. */
const PAGE = 500
/** How much earlier to start the list: clocks may differ, and a submission may be listed late. */
const MARGIN_MS = 10 * MINUTE_MS

/**
 * Asks the exchange for everything that the account state must agree with: first orders, then positions and cash, so
 * that a fill in between shows as a difference once, and never as agreement by accident.
 * `since`: when the last snapshot was taken; orders submitted before that are known.
 */
export async function takeExchangeSnapshot(
  client: TradingClient,
  accountState: AccountState,
  since: EpochMs,
): Promise<ExchangeSnapshot> {
  const open = await listOrders(client, { status: 'open' })
  const recent = await listOrders(client, { status: 'all', after: since - MARGIN_MS })
  const listed = new Set([...open, ...recent].map(({ clientOrderId }) => clientOrderId))
  const missing = [...accountState.orders.values()].filter(
    (order) => !isClosed(order) && order.exchangeId !== undefined && !listed.has(order.id),
  )
  const unrecorded = accountState.unseen.filter((id) => !listed.has(id))
  const found = await Promise.all([
    ...missing.map(({ exchangeId = '' }) => getOrder(client, exchangeId)),
    ...unrecorded.map((id) => client.findOrderByClientId(id)),
  ])
  const [positions, account] = await Promise.all([client.getPositions(), client.getAccount()])
  return {
    account,
    positions,
    open: open.filter(({ status }) => !ENDED.has(status)),
    others: [...recent, ...found.filter((order) => order !== undefined)],
  }
}

/** How many snapshots to take at most while orders keep filling. */
const MAX_SNAPSHOTS = 5

/**
 * Takes snapshots until nothing was filled between two of them. The positions of the first, which were asked for in
 * between, then match its orders.
 */
export async function snapshotUntilStill(
  first: ExchangeSnapshot,
  client: TradingClient,
  accountState: AccountState,
  since: EpochMs,
): Promise<ExchangeSnapshot> {
  let snapshot = first
  for (let taken = 1; taken < MAX_SNAPSHOTS; taken++) {
    const next = await takeExchangeSnapshot(client, accountState, since)
    if (filledIn(next) === filledIn(snapshot)) return snapshot
    snapshot = next
  }
  return snapshot
}

/** The filled quantities of all its orders, as one text. */
const filledIn = ({ open, others }: ExchangeSnapshot): string =>
  newestOfEach([...open, ...others])
    .map(({ id, filledQty }) => `${id} ${filledQty.toFixed()}`)
    .sort()
    .join()

const ENDED: ReadonlySet<string> = new Set(['filled', 'canceled', 'expired', 'replaced', 'rejected'])

/** Lists orders oldest first, page by page; each starts at the last one's final instant, which others may share. */
async function listOrders(
  client: TradingClient,
  { status, after }: { readonly status: 'open' | 'all'; readonly after?: EpochMs },
): Promise<readonly Order[]> {
  const all: Order[] = []
  let from = after
  for (;;) {
    const page = await client.listOrders({
      status,
      limit: PAGE,
      direction: 'asc',
      nested: true,
      ...(from !== undefined && { after: from }),
    })
    all.push(...page.flatMap(withLegs))
    const last = page.at(-1)?.submittedAt
    if (page.length < PAGE || last === undefined || last - 1 === from) return all
    from = last - 1
  }
}

/** One order; nothing if the exchange no longer knows it. */
async function getOrder(client: TradingClient, exchangeId: string): Promise<Order | undefined> {
  try {
    return await client.getOrder(exchangeId)
  } catch (cause) {
    if (cause instanceof AlpacaError && cause.kind === 'not_found') return undefined
    throw cause
  }
}
