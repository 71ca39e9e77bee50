import { isDeepStrictEqual } from 'node:util'
import type { ExchangeView } from '#shared/ipc/contract'
import type { Difference, Reconciliation } from '#shared/trading/account'
import { toSignedDecimal, type EpochMs } from '#shared/units'
import { AlpacaError, type Account } from '#alpaca'
import { pause, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import { adjustments, opening } from './account-entries.ts'
import { differencesOf } from './compare.ts'
import { priceOf, sharesOf } from './exchange-order.ts'
import { lookAtExchange, lookUntilStill, type ExchangeLook } from './exchange-snapshot.ts'
import type { Journal } from '../event-log/trading-log.ts'
import { observe } from './record-orders.ts'
import type { TradingClient } from '../ports.ts'

interface ReconcilerParts {
  readonly journal: Journal
  readonly client: TradingClient
  readonly onState: (reconciliation: Reconciliation) => void
  /** `askedAt`: when it was asked for, or a little before. */
  readonly onAccount: (account: Account, askedAt: EpochMs) => void
  readonly clock: Clock
  readonly log: Log
}

/**
 * Why the books are compared. `minute` is the routine one, and `first-updates` follows the start at once, when updates
 * begin to come: of these only what is new is noted.
 */
export type ReconcileCause = 'start' | 'first-updates' | 'reconnect' | 'minute' | 'asked' | 'database'

const ROUTINE: ReadonlySet<ReconcileCause> = new Set(['first-updates', 'minute'])

/** What differs is looked at again so often: orders move while they are asked for. */
const LOOKS = 3
const LOOK_AGAIN_MS = 500
/** Differences that no order explains and that hold for so long are the exchange's word: the books take it over. */
const SETTLED_AFTER_MS = 30_000
/** A routine comparison without news is noted so often, so that the next start knows from when on it must look. */
const NOTED_EVERY_MS = 60 * 60_000

/** Compares the books with the exchange, and notes what they lack. */
export class Reconciler {
  readonly #parts: ReconcilerParts
  #now: Reconciliation
  #running: Promise<ExchangeView | undefined> | undefined
  #differsSince: EpochMs | undefined
  #noted: readonly Difference[] | undefined
  /** When the last look began of which everything was written. */
  #lookedAt: EpochMs | undefined
  #haveBegun = false

  constructor(parts: ReconcilerParts) {
    this.#parts = parts
    this.#now = { state: 'running', at: parts.clock.now(), differences: [] }
  }

  get now(): Reconciliation {
    return this.#now
  }

  /**
   * The books are those of the account that the exchange shows. What it tells of orders before is not noted: the books
   * would begin after it and go without it, or count it twice.
   */
  get haveBegun(): boolean {
    return this.#haveBegun
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** Compares now; whoever asks while a comparison runs waits for one that begins after it. Nothing when it failed. */
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
    if (!ROUTINE.has(cause)) this.#tell({ state: 'running', differences: this.#now.differences })
    if (!(await this.#parts.journal.open()))
      return this.#failed('The database with the events cannot be read.')
    try {
      const look = await this.#lookUntilEqual()
      if (look === undefined) return this.#failed('The database cannot be written.')
      const differences = await this.#settle(look.differences, look)
      await this.#note(cause, differences)
      this.#tell({ state: differences.length === 0 ? 'agreed' : 'differs', differences })
      return toExchangeView(look, this.#now)
    } catch (error) {
      return this.#failed(this.#whyFailed(error))
    }
  }

  /** Nothing when what was seen could not be written. */
  async #lookUntilEqual(): Promise<
    (ExchangeLook & { readonly differences: readonly Difference[] }) | undefined
  > {
    for (let looks = 1; ; looks++) {
      const look = await this.#lookAndWrite()
      if (look === undefined) return undefined
      const differences = differencesOf(this.#parts.journal.books, { ...look, orders: look.open })
      if (differences.length === 0 || looks === LOOKS) return { ...look, differences }
      await pause(this.#parts.clock, LOOK_AGAIN_MS)
    }
  }

  async #lookAndWrite(): Promise<ExchangeLook | undefined> {
    const { journal, client, clock, onAccount } = this.#parts
    const { books } = journal
    const askedAt = clock.now()
    const since = this.#lookedAt ?? books.comparedAt ?? books.account?.openedAt ?? askedAt
    const first = await lookAtExchange(client, books, since)
    // What the books begin with must be of one moment; later, what moves meanwhile is seen again the next time.
    const look =
      books.account?.id === first.account.id ? first : await lookUntilStill(first, client, books, since)
    const areTheirs = await journal.write(({ account }) =>
      account?.id === look.account.id ? [] : [opening(look)],
    )
    if (!areTheirs) return undefined
    this.#haveBegun = true
    if (!(await observe(journal, [...look.others, ...look.open], { now: clock.now() }))) return undefined
    this.#lookedAt = askedAt
    onAccount(look.account, askedAt)
    return look
  }

  /** What differs for long, and is no order's doing, is taken over; answers what differs still. */
  async #settle(differences: readonly Difference[], look: ExchangeLook): Promise<readonly Difference[]> {
    const { journal, clock } = this.#parts
    if (differences.length === 0) {
      this.#differsSince = undefined
      return []
    }
    if (!isDeepStrictEqual(differences, this.#now.differences)) this.#differsSince = undefined
    this.#differsSince ??= clock.now()
    const isSettled = clock.now() - this.#differsSince >= SETTLED_AFTER_MS
    if (!isSettled || differences.some(({ what }) => what === 'order')) return differences
    const isWritten = await journal.write((books) => adjustments(books, differences, look))
    return isWritten ? differencesOf(journal.books, { ...look, orders: look.open }) : differences
  }

  async #note(cause: ReconcileCause, differences: readonly Difference[]): Promise<void> {
    const { journal, clock } = this.#parts
    const isNews = !isDeepStrictEqual(differences, this.#noted ?? [])
    const isDue = clock.now() - (journal.books.comparedAt ?? 0) >= NOTED_EVERY_MS
    if (ROUTINE.has(cause) && !isNews && !isDue) return
    this.#noted = differences
    const payload = { version: 1 as const, cause, differences: [...differences] }
    await journal.write(() => [{ stream: 'account', events: [{ type: 'Reconciled', payload }] }])
  }

  /** Also a fault of Signal's own is told and tried again: the exchange may say something else by then. */
  #whyFailed(error: unknown): string {
    const { log } = this.#parts
    if (error instanceof AlpacaError) {
      log.warn({ kind: error.kind }, 'The books could not be compared with the exchange')
      return `The exchange did not answer: ${error.message}.`
    }
    log.error({ err: error }, 'A comparison failed inside of Signal')
    return 'Signal could not understand what the exchange says. Look into the log, and at your account in Alpaca’s app.'
  }

  #failed(problem: string): undefined {
    this.#tell({ state: 'failed', differences: this.#now.differences, problem })
    return undefined
  }

  #tell(state: Omit<Reconciliation, 'at'>): void {
    this.#now = { ...state, at: this.#parts.clock.now() }
    this.#parts.onState(this.#now)
  }
}

function toExchangeView({ open, positions }: ExchangeLook, reconciliation: Reconciliation): ExchangeView {
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
      averagePrice: priceOf(avgEntryPrice),
    })),
    reconciliation,
  }
}
