import { MINUTE_MS } from '#shared/time'
import { isClosed } from '#shared/trading/order'
import type { EpochMs } from '#shared/units'
import { AlpacaError, type Account, type Order, type Position } from '#alpaca'
import { type AccountState } from '../state/index.ts'
import { newestOfEach, withLegs } from './exchange-order.ts'
import type { TradingClient } from '../deps.ts'

/** What the exchange says, asked for in one go. */
export interface ExchangeSnapshot {
  readonly account: Account
  readonly positions: readonly Position[]
  /** Open ones, their legs among them. */
  readonly open: readonly Order[]
  /** Further orders of which the books may not know the end: submitted lately, or open when last heard of. */
  readonly others: readonly Order[]
}

/** The most orders that Alpaca lists at once. */
const LIST = 500
/** Clocks may differ, and a submission may be listed late. */
const MARGIN_MS = 10 * MINUTE_MS

/**
 * Asks the exchange for everything that the books must agree with. Orders come first and then what they did to
 * positions and cash, so that a fill in between shows as a difference once, and never as agreement by accident.
 * `since`: when the last look was; orders submitted before that are known.
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
  const unseen = accountState.unseen.filter((id) => !listed.has(id))
  const found = await Promise.all([
    ...missing.map(({ exchangeId = '' }) => getOrder(client, exchangeId)),
    ...unseen.map((id) => client.findOrderByClientId(id)),
  ])
  const [positions, account] = await Promise.all([client.getPositions(), client.getAccount()])
  return {
    account,
    positions,
    open: open.filter(({ status }) => !ENDED.has(status)),
    others: [...recent, ...found.filter((order) => order !== undefined)],
  }
}

/** How often at most to ask an exchange that does not stand still. */
const MOST_LOOKS = 5

/**
 * Looks again until nothing was filled between two looks; the positions of the first of them, asked for in between, are
 * then of the same moment as its orders.
 */
export async function snapshotUntilStill(
  first: ExchangeSnapshot,
  client: TradingClient,
  accountState: AccountState,
  since: EpochMs,
): Promise<ExchangeSnapshot> {
  let snapshot = first
  for (let looks = 1; looks < MOST_LOOKS; looks++) {
    const next = await takeExchangeSnapshot(client, accountState, since)
    if (filledIn(next) === filledIn(snapshot)) return snapshot
    snapshot = next
  }
  return snapshot
}

/** What all of its orders have filled, as one text. */
const filledIn = ({ open, others }: ExchangeSnapshot): string =>
  newestOfEach([...open, ...others])
    .map(({ id, filledQty }) => `${id} ${filledQty.toFixed()}`)
    .sort()
    .join()

const ENDED: ReadonlySet<string> = new Set(['filled', 'canceled', 'expired', 'replaced', 'rejected'])

/** Oldest first, page by page; a page begins with the last order of the one before, whose instant others may share. */
async function listOrders(
  client: TradingClient,
  { status, after }: { readonly status: 'open' | 'all'; readonly after?: EpochMs },
): Promise<readonly Order[]> {
  const all: Order[] = []
  let from = after
  for (;;) {
    const page = await client.listOrders({
      status,
      limit: LIST,
      direction: 'asc',
      nested: true,
      ...(from !== undefined && { after: from }),
    })
    all.push(...page.flatMap(withLegs))
    const last = page.at(-1)?.submittedAt
    if (page.length < LIST || last === undefined || last - 1 === from) return all
    from = last - 1
  }
}

/** Nothing of an order that the exchange does not know any more. */
async function getOrder(client: TradingClient, exchangeId: string): Promise<Order | undefined> {
  try {
    return await client.getOrder(exchangeId)
  } catch (cause) {
    if (cause instanceof AlpacaError && cause.kind === 'not_found') return undefined
    throw cause
  }
}
