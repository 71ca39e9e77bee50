import { DAY_MS } from '#shared/time'
import type { Listing, Order, Position } from '#alpaca'
import type { AccountState } from '../state/index.ts'
import { isOpenAt, stockOf, submittedAtOf, termsOf, withLegs } from './exchange-order.ts'
import { listOrders } from './list-orders.ts'
import type { TradingClient } from '../deps.ts'

/** How long Alpaca keeps a GTC order open, with a margin; an older one holds no shares. */
const OLDEST_MS = 100 * DAY_MS

/** What the lists of open orders leave out, and where to look for it. */
interface Search {
  /** Names what is searched for: an exchange that does not explain it now will not do so in a minute either. */
  readonly key: string
  readonly symbol: string
  /** Found once an order fulfills this. */
  readonly isFound: (order: Order) => boolean
  readonly since: number
}

/**
 * Finds orders that the exchange has and does not list: exits of a bracket whose entry is over. The one that waits is in
 * no list of open orders, only within its entry. They show by an exit without an entry, and by shares that something holds.
 */
export class HiddenOrders {
  readonly #client: Pick<TradingClient, 'listOrders'>
  /** Searches that found nothing, for as long as there is a reason for them. */
  #vain: ReadonlySet<string> = new Set()

  constructor(client: Pick<TradingClient, 'listOrders'>) {
    this.#client = client
  }

  /** The entries of such exits, with all their legs. `listed`: what the lists show, with legs. */
  async find(
    accountState: AccountState,
    listed: readonly Order[],
    positions: readonly Position[],
    exchangeAt: number,
  ): Promise<Listing<Order>> {
    const all = listed.flatMap(withLegs)
    const wanted = [
      ...orphans(accountState, all),
      ...heldShares(accountState, all, positions, exchangeAt - OLDEST_MS),
    ]
    const vain = new Set(wanted.map(({ key }) => key).filter((key) => this.#vain.has(key)))
    const rows: Order[] = []
    const unreadable: Listing<Order>['unreadable'][number][] = []
    for (const { key, symbol, isFound, since } of wanted.filter((search) => !vain.has(search.key))) {
      const found = await listOrders(this.#client, {
        status: 'all',
        nested: true,
        symbols: [symbol],
        since,
        isEnough: (page) => page.some(isFound),
      })
      const entries = found.rows.filter(({ legs }) => legs.some(isOpenAt))
      if (entries.length === 0) vain.add(key)
      rows.push(...entries)
      unreadable.push(...found.unreadable)
    }
    this.#vain = vain
    return { rows, unreadable }
  }
}

/** Open exits whose entry is in no list and not known. */
function orphans(accountState: AccountState, all: readonly Order[]): readonly Search[] {
  const inEntries = new Set(all.flatMap(({ legs }) => legs.map(({ id }) => id)))
  // The flat list names no legs.
  const entries = new Set(all.filter(({ legs }) => legs.length > 0).map(({ id }) => id))
  return all
    .filter(
      (order) =>
        isOpenAt(order) &&
        isComplex(order) &&
        termsOf(order) !== undefined &&
        !entries.has(order.id) &&
        !inEntries.has(order.id) &&
        accountState.legOf(order.clientOrderId) === undefined &&
        (accountState.orders.get(order.clientOrderId)?.legs.length ?? 0) === 0,
    )
    .map((order) => ({
      key: order.id,
      symbol: order.symbol,
      isFound: ({ legs }) => legs.some(({ id }) => id === order.id),
      since: (submittedAtOf(order) ?? 0) - DAY_MS,
    }))
}

const isComplex = ({ orderClass }: Order): boolean => orderClass !== '' && orderClass !== 'simple'

/** Positions whose shares are held although no known open order would sell or buy them back. */
const heldShares = (
  accountState: AccountState,
  all: readonly Order[],
  positions: readonly Position[],
  since: number,
): readonly Search[] =>
  positions
    .filter(({ qty, qtyAvailable }) => qtyAvailable !== undefined && qtyAvailable.abs().lt(qty.abs()))
    .filter((position) => stockOf(position) !== undefined && !isHeldByKnown(accountState, all, position))
    .map(({ symbol, qtyAvailable }) => ({
      key: `${symbol} ${qtyAvailable?.toFixed()}`,
      symbol,
      isFound: ({ legs }) => legs.some(isOpenAt),
      since,
    }))

function isHeldByKnown(
  accountState: AccountState,
  all: readonly Order[],
  { symbol, side }: Position,
): boolean {
  const exitSide = side === 'long' ? 'sell' : 'buy'
  return (
    all.some((order) => isOpenAt(order) && order.symbol === symbol && order.side === exitSide) ||
    [...accountState.openOrders].some(({ terms }) => terms.symbol === symbol && terms.side === exitSide)
  )
}
