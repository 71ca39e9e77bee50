import { MINUTE_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'
import { AlpacaError, type Account, type Order, type Position, type UnreadableRow } from '#alpaca'
import { isClosed } from '#shared/trading/order'
import { type AccountState } from '../state/index.ts'
import { missingFigures } from './account-figures.ts'
import { isOpenAt, newestOfEach, newestStampOf, withLegs } from './exchange-order.ts'
import type { HiddenOrders } from './hidden-orders.ts'
import { listOrders } from './list-orders.ts'
import type { TradingClient } from '../deps.ts'

/** What the exchange reports when asked for everything in one go. */
export interface ExchangeSnapshot {
  readonly account: Account
  readonly positions: readonly Position[]
  /** Every order that is open by its newest report, including legs. */
  readonly open: readonly Order[]
  /** Other orders whose end the account state may lack: submitted recently, or open when last reported. */
  readonly others: readonly Order[]
  /** Ids of open orders of ours that the exchange reports as unknown. */
  readonly vanished: readonly string[]
  /** The latest timestamp in all of this, by the exchange's clock; 0 if there is none. */
  readonly exchangeAt: EpochMs
  /** Rows that could not be read and may matter. */
  readonly unreadable: readonly UnreadableRowOf[]
}

/** A row that cannot be read, and of which list it is. */
export interface UnreadableRowOf extends UnreadableRow {
  readonly list: 'orders' | 'positions' | 'account'
}

/** How much further back to list than what is known: a submission may be listed late. */
const MARGIN_MS = 10 * MINUTE_MS

/**
 * Asks the exchange for everything that the account state must agree with: first orders, then positions and cash, so
 * that a fill in between shows as a difference once, and never as agreement by accident.
 * `since`: the exchange's time up to which all orders are known; absent before the first snapshot.
 */
export async function takeExchangeSnapshot(
  client: TradingClient,
  hidden: HiddenOrders,
  accountState: AccountState,
  since: EpochMs | undefined,
): Promise<ExchangeSnapshot> {
  const nested = await listOrders(client, { status: 'open', nested: true })
  // The exits of an entry that is over are not in the nested list.
  const flat = await listOrders(client, { status: 'open', nested: false })
  const from = since ?? (await newestSubmission(client))
  const recent = await listOrders(client, { status: 'all', nested: true, since: from - MARGIN_MS })
  const listed = [...nested.rows, ...flat.rows, ...recent.rows]
  const lists = [...nested.unreadable, ...flat.unreadable, ...recent.unreadable]
  const { found, vanished, unreadable } = await lookUpMissing(client, accountState, listed, lists)
  const [positions, account] = await Promise.all([client.getPositions(), client.getAccount()])
  const known = [...listed, ...found]
  const exchangeAt = newestStampOf(known)
  const behind = await hidden.find(accountState, known, positions.rows, exchangeAt)
  const newest = newestOfEach([...known, ...behind.rows])
  return {
    account,
    positions: positions.rows,
    open: newest.filter(isOpenAt),
    others: newest.filter((order) => !isOpenAt(order)),
    vanished,
    exchangeAt,
    unreadable: distinct([
      ...rowsOf('orders', [...lists, ...unreadable, ...behind.unreadable]).filter(
        (row) => !isOver(accountState, row),
      ),
      ...rowsOf('positions', positions.unreadable),
      ...rowsOf('account', missingFigures(account)),
    ]),
  }
}

const rowsOf = (list: UnreadableRowOf['list'], rows: readonly UnreadableRow[]): readonly UnreadableRowOf[] =>
  rows.map((row) => ({ ...row, list }))

/** Whether a row is of an order that is known to be over: nothing can happen to it any more. */
function isOver(accountState: AccountState, { id }: UnreadableRow): boolean {
  const order = id === undefined ? undefined : accountState.orders.get(accountState.idOf(id) ?? '')
  return order !== undefined && isClosed(order)
}

/** When the newest order was submitted; all of it if there is none. */
async function newestSubmission(client: TradingClient): Promise<EpochMs> {
  const { rows } = await client.listOrders({ status: 'all', limit: 1, direction: 'desc' })
  return rows[0]?.submittedAt ?? 0
}

/** Requests each order that ought to be listed and is not: open in the account state, or not recorded yet. */
async function lookUpMissing(
  client: TradingClient,
  accountState: AccountState,
  listed: readonly Order[],
  unreadableRows: readonly UnreadableRow[],
): Promise<{
  readonly found: readonly Order[]
  readonly vanished: readonly string[]
  readonly unreadable: readonly UnreadableRow[]
}> {
  const ids = new Set(listed.flatMap(withLegs).map(({ clientOrderId }) => clientOrderId))
  const unreadableIds = new Set(unreadableRows.map(({ id }) => id))
  const missing = [...accountState.openOrders].flatMap(({ id, exchangeId, terms }) =>
    exchangeId === undefined || ids.has(id) || unreadableIds.has(exchangeId)
      ? []
      : [{ id, exchangeId, terms }],
  )
  const unrecorded = accountState.unseen.filter((id) => !ids.has(id))
  const reports = await Promise.all(
    missing.map(async ({ id, exchangeId, terms }) => ({
      id,
      order: await found(client.getOrder(exchangeId), { id: exchangeId, symbol: terms.symbol }),
    })),
  )
  const others = await Promise.all(
    unrecorded.map((id) => found(client.findOrderByClientId(id), { symbol: id })),
  )
  const all = [...reports.map(({ order }) => order), ...others]
  return {
    found: all.flatMap((order) => (order !== undefined && !isUnreadable(order) ? [order] : [])),
    vanished: reports.filter(({ order }) => order === undefined).map(({ id }) => id),
    unreadable: all.filter((order) => order !== undefined).filter(isUnreadable),
  }
}

const isUnreadable = (answer: Order | UnreadableRow): answer is UnreadableRow => 'problem' in answer

/** One order; nothing if the exchange has none by this id, and only its name if its row cannot be read. */
async function found(
  asking: Promise<Order | undefined>,
  name: { readonly id?: string; readonly symbol: string },
): Promise<Order | UnreadableRow | undefined> {
  try {
    return await asking
  } catch (cause) {
    if (!(cause instanceof AlpacaError)) throw cause
    if (cause.kind === 'not_found') return undefined
    if (cause.kind === 'invalid_response') return { of: name.symbol, problem: cause.message, ...name }
    throw cause
  }
}

/** How many snapshots to take at most while orders keep filling. */
const MAX_SNAPSHOTS = 5

/**
 * Takes snapshots until all of one can be read and nothing was filled before the next. The positions of the first,
 * which were requested in between, then match its orders.
 */
export async function snapshotUntilStill(
  first: ExchangeSnapshot,
  takeAnother: () => Promise<ExchangeSnapshot>,
): Promise<ExchangeSnapshot> {
  let snapshot = first
  for (let taken = 1; taken < MAX_SNAPSHOTS; taken++) {
    const next = await takeAnother()
    if (filledIn(next) === filledIn(snapshot) && snapshot.unreadable.length === 0) return snapshot
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

const distinct = (rows: readonly UnreadableRowOf[]): readonly UnreadableRowOf[] => [
  ...new Map(rows.map((row) => [`${row.list} ${row.id ?? row.of} ${row.problem}`, row])).values(),
]
