import { isDeepStrictEqual } from 'node:util'
import type { ExchangeView } from '#shared/ipc/contract'
import { HOUR_MS } from '#shared/time'
import type { Difference, Reconciliation } from '#shared/trading/account'
import { toSignedDecimal, type EpochMs } from '#shared/units'
import { AlpacaError, type Account } from '#alpaca'
import { pause, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import { adjustments, opening } from './account-entries.ts'
import { missingFigures } from './account-figures.ts'
import { differencesOf } from './compare.ts'
import { priceOf, sharesOf } from './exchange-order.ts'
import { ExchangeFills } from './exchange-fills.ts'
import { takeExchangeSnapshot, snapshotUntilStill, type ExchangeSnapshot } from './exchange-snapshot.ts'
import { HiddenOrders } from './hidden-orders.ts'
import { restatements } from './restate-fills.ts'
import { VanishedOrders, vanishing } from './vanished-orders.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import type { AccountState } from '../state/index.ts'
import { recordOrders } from './record-orders.ts'
import type { TradingClient } from '../deps.ts'

interface ReconcilerDeps {
  readonly tradingLog: TradingLog
  readonly client: TradingClient
  readonly onState: (reconciliation: Reconciliation) => void
  /** Called with reports that lack no figure. `askedAt`: when the account was requested, or a little earlier. */
  readonly onAccount: (account: Account, askedAt: EpochMs) => void
  readonly clock: Clock
  readonly log: Log
}

/**
 * Why the account state is compared. `minute` is routine; `first-updates` comes right after the start, when updates
 * begin to arrive. These two are recorded only if something changed, or hourly.
 */
export type ReconcileCause = 'start' | 'first-updates' | 'reconnect' | 'minute' | 'asked' | 'database'

const ROUTINE: ReadonlySet<ReconcileCause> = new Set(['first-updates', 'minute'])

/** How often to compare while something new differs: orders change while they are being requested. */
const MAX_COMPARISONS = 3
const COMPARE_AGAIN_MS = 500
/** How long a difference that no order explains must last before the exchange's figure is taken over. */
const SETTLED_AFTER_MS = 30_000
/** How often to record a routine comparison without news, so that the next start knows from when on to list orders. */
const RECORD_EVERY_MS = HOUR_MS
/** How much further back to list orders by a log that lacks the exchange's time: this machine's clock may be off. */
const LOOK_BACK_MS = HOUR_MS

/** Compares the account state with the exchange, and records what it lacks. */
export class Reconciler {
  readonly #deps: ReconcilerDeps
  #now: Reconciliation
  #running: Promise<ExchangeView | undefined> | undefined
  #differsSince: EpochMs | undefined
  #recorded: readonly Difference[] | undefined
  readonly #hidden: HiddenOrders
  readonly #fills: ExchangeFills
  readonly #vanished = new VanishedOrders()
  /** The exchange's time up to which all orders are recorded. */
  #exchangeAt: EpochMs | undefined
  #hasBegun = false

  constructor(deps: ReconcilerDeps) {
    this.#deps = deps
    this.#hidden = new HiddenOrders(deps.client)
    this.#fills = new ExchangeFills(deps.client)
    this.#now = { state: 'running', hasBegun: false, at: deps.clock.now(), differences: [] }
  }

  get now(): Reconciliation {
    return this.#now
  }

  /**
   * Whether the account state is that of the account at the exchange. Order reports that come before are not recorded:
   * the account state would begin after them and miss them, or count them twice.
   */
  get hasBegun(): boolean {
    return this.#hasBegun
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** Compares now; a call during a comparison waits for a new one that starts after it. Nothing if it failed. */
  run(cause: ReconcileCause): Promise<ExchangeView | undefined> {
    const before = this.#running ?? Promise.resolve()
    const run = before.then(() => this.#run(cause))
    this.#running = run
    void run.finally(() => {
      if (this.#running === run) this.#running = undefined
    })
    return run
  }

  async #run(cause: ReconcileCause): Promise<ExchangeView | undefined> {
    if (!ROUTINE.has(cause)) {
      const { differences, problem } = this.#now
      this.#report({ state: 'running', differences, ...(problem !== undefined && { problem }) })
    }
    if (!(await this.#deps.tradingLog.open())) return this.#failed('Database not readable.')
    try {
      const snapshot = await this.#compareUntilEqual()
      if (snapshot === undefined) return this.#failed('Database not writable.')
      const differences = await this.#settle(snapshot.differences, snapshot)
      await this.#record(cause, differences)
      this.#report({ state: differences.length === 0 ? 'agreed' : 'differs', differences })
      return toExchangeView(snapshot, this.#now)
    } catch (error) {
      return this.#failed(this.#whyFailed(error))
    }
  }

  /** The last snapshot and its differences; nothing if what it shows could not be written. */
  async #compareUntilEqual(): Promise<
    (ExchangeSnapshot & { readonly differences: readonly Difference[] }) | undefined
  > {
    const { differences: before } = this.#now
    for (let comparisons = 1; ; comparisons++) {
      const snapshot = await this.#snapshotAndRecord()
      if (snapshot === undefined) return undefined
      const differences = differencesOf(this.#deps.tradingLog.accountState, snapshot)
      const isAsBefore = isDeepStrictEqual(differences, before)
      if (differences.length === 0 || isAsBefore || comparisons === MAX_COMPARISONS)
        return { ...snapshot, differences }
      await pause(this.#deps.clock, COMPARE_AGAIN_MS)
    }
  }

  async #snapshotAndRecord(): Promise<ExchangeSnapshot | undefined> {
    const { tradingLog, client, clock, onAccount } = this.#deps
    const { accountState } = tradingLog
    const askedAt = clock.now()
    const since = this.#exchangeAt ?? exchangeTimeOf(accountState)
    const take = () => takeExchangeSnapshot(client, this.#hidden, accountState, since)
    const first = await take()
    // The opening state must be of one moment; later, what changes meanwhile is picked up by the next comparison.
    const snapshot =
      accountState.account?.id === first.account.id ? first : await snapshotUntilStill(first, take)
    const [missing] = missingFigures(snapshot.account)
    const isOpen = accountState.account?.id === snapshot.account.id
    if (!isOpen && snapshot.account.cash === undefined)
      throw new AlpacaError('invalid_response', `Alpaca’s account report is incomplete: ${missing?.problem}`)
    const isOpened = await tradingLog.record(({ account }) =>
      account?.id === snapshot.account.id ? [] : [opening(snapshot)],
    )
    if (!isOpened) return undefined
    this.#hasBegun = true
    if (!(await recordOrders(tradingLog, [...snapshot.others, ...snapshot.open], { now: clock.now() })))
      return undefined
    const gone = this.#vanished.deny(snapshot.vanished, clock.now())
    if (!(await tradingLog.record((now) => vanishing(now, gone)))) return undefined
    if (!(await this.#restateFills())) return undefined
    this.#exchangeAt = snapshot.exchangeAt
    if (missing === undefined) onAccount(snapshot.account, askedAt)
    return snapshot
  }

  /**
   * Puts fills right by the exchange's own list. Without the list nothing is lost: totals and average prices are compared
   * anyway. False if the database is away.
   */
  async #restateFills(): Promise<boolean> {
    const { tradingLog, clock, log } = this.#deps
    try {
      const fills = await this.#fills.read(tradingLog.accountState, clock.now())
      return await tradingLog.record((accountState) => restatements(accountState, fills))
    } catch (cause) {
      if (!(cause instanceof AlpacaError)) throw cause
      log.warn({ kind: cause.kind }, 'The list of fills could not be requested')
      return true
    }
  }

  /** Takes over lasting differences that no order explains; returns the differences that remain. */
  async #settle(
    differences: readonly Difference[],
    snapshot: ExchangeSnapshot,
  ): Promise<readonly Difference[]> {
    const { tradingLog, clock } = this.#deps
    if (differences.length === 0) {
      this.#differsSince = undefined
      return []
    }
    if (!isDeepStrictEqual(differences, this.#now.differences)) this.#differsSince = undefined
    this.#differsSince ??= clock.now()
    const isSettled = clock.now() - this.#differsSince >= SETTLED_AFTER_MS
    // While orders differ, positions and cash are not taken over: their cause may show yet.
    if (!isSettled || differences.some(({ what }) => what === 'order')) return differences
    const settled = differences.filter(({ of }) => !isExplainedByUnread(of, snapshot))
    const isWritten = await tradingLog.record((accountState) => adjustments(accountState, settled, snapshot))
    return isWritten ? differencesOf(tradingLog.accountState, snapshot) : differences
  }

  async #record(cause: ReconcileCause, differences: readonly Difference[]): Promise<void> {
    const { tradingLog, clock } = this.#deps
    const isNews = !isDeepStrictEqual(differences, this.#recorded ?? [])
    const isDue = clock.now() - (tradingLog.accountState.comparedAt ?? 0) >= RECORD_EVERY_MS
    if (ROUTINE.has(cause) && !isNews && !isDue) return
    this.#recorded = differences
    const exchangeAt = this.#exchangeAt === undefined ? {} : { exchangeAt: this.#exchangeAt }
    const payload = { version: 1 as const, cause, differences: [...differences], ...exchangeAt }
    await tradingLog.record(() => [{ stream: 'account', events: [{ type: 'Reconciled', payload }] }])
  }

  /** Why a comparison failed. Signal's own faults are retried too: the exchange may answer differently then. */
  #whyFailed(error: unknown): string {
    const { log } = this.#deps
    if (error instanceof AlpacaError) {
      log.warn({ kind: error.kind }, 'The account state could not be reconciled with Alpaca')
      return `No reply from Alpaca: ${error.message}.`
    }
    log.error({ err: error }, 'A comparison failed inside Signal')
    return 'Signal couldn’t read Alpaca’s report. See the log, and check your account in Alpaca’s app.'
  }

  #failed(problem: string): undefined {
    this.#report({ state: 'failed', differences: this.#now.differences, problem })
    return undefined
  }

  #report(state: Omit<Reconciliation, 'at' | 'hasBegun'>): void {
    this.#now = { ...state, hasBegun: this.#hasBegun, at: this.#deps.clock.now() }
    this.#deps.onState(this.#now)
  }
}

/** Whether an order in this symbol cannot be read yet: its fills would count twice if the position were taken over. */
const isExplainedByUnread = (symbol: string, { unreadable }: ExchangeSnapshot): boolean =>
  unreadable.some((row) => row.list === 'orders' && (row.symbol ?? symbol) === symbol)

/** The exchange's time up to which the recorded account state has all orders; absent before it begins. */
function exchangeTimeOf({ exchangeAt, comparedAt, account }: AccountState): EpochMs | undefined {
  if (exchangeAt !== undefined) return exchangeAt
  const recordedAt = comparedAt ?? account?.openedAt // by this machine's clock, in logs of an older Signal
  return recordedAt === undefined ? undefined : recordedAt - LOOK_BACK_MS
}

function toExchangeView({ open, positions }: ExchangeSnapshot, reconciliation: Reconciliation): ExchangeView {
  return {
    orders: open.map(({ id, symbol, status, qty, filledQty }) => ({
      id,
      symbol,
      status,
      filledQuantity: sharesOf(filledQty),
      ...(qty && { quantity: sharesOf(qty) }),
    })),
    positions: positions.map(({ symbol, qty, avgEntryPrice }) => ({
      symbol,
      quantity: toSignedDecimal(qty),
      ...(avgEntryPrice && { averagePrice: priceOf(avgEntryPrice) }),
    })),
    reconciliation,
  }
}
