import { err, type Result } from '#shared/result'
import type { Mode } from '#shared/settings'
import type { AuditEvent } from '#shared/trading/audit'
import { within, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import {
  applyOrderEvent,
  AccountState,
  readOrderEvent,
  readSnapshot,
  toSnapshot,
  type Applied,
  type OrderRecord,
  type TradingEvent,
} from '../state/index.ts'
import { readPages } from '#storage'
import type { EventLog } from '../deps.ts'

/** Events for one stream, which is named without the mode: `account`, `risk`, or `order:` and the order's id. */
export interface StreamEntry {
  readonly stream: 'account' | 'risk' | `order:${string}`
  readonly events: readonly TradingEvent[]
}

interface TradingLogDeps {
  readonly mode: Mode
  readonly eventLog: EventLog
  readonly clock: Clock
  /** Called with each event that was written or read by this log after {@link TradingLog.open}. */
  readonly onApplied: (applied: Applied | undefined, logged: AuditEvent) => void
  readonly log: Log
}

const UNREAD = 'The log holds events that a newer Signal wrote; the books go without them'
/** Events of one read; the most that the storage process gives. */
const PAGE = 10_000
/** Another Signal may write to the same log; it is let go first so often. */
const MOST_TRIES = 20
/** A database that takes longer to answer is away: its disk hangs, or another program holds it. */
const ANSWERS_WITHIN_MS = 2_000

/**
 * The one writer of an account's events, and the books that are folded from them. What is to be written is decided by
 * the books as they are when its turn comes, so that two who learn the same thing at the same time write it once.
 */
export class TradingLog {
  readonly #deps: TradingLogDeps
  readonly #prefix: string
  #accountState: AccountState
  /** Every event up to this place of the whole log is in the books. */
  #readUpTo = 0
  #readHash = ''
  #turn: Promise<unknown> = Promise.resolve()
  #isOpen = false
  #isClosed = false
  #isAway = false
  /** An append that took too long is still on its way; until it has ended, nobody knows what the log holds. */
  #isLate = false

  constructor(deps: TradingLogDeps) {
    this.#deps = deps
    this.#prefix = `${deps.mode}:`
    this.#accountState = new AccountState(this.#prefix)
  }

  get accountState(): AccountState {
    return this.#accountState
  }

  /** The books were read, so that something may be written. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** The last read or write found no database. */
  get isAway(): boolean {
    return this.#isAway
  }

  /** Something can be noted now, as far as is known. */
  get isAtHand(): boolean {
    return this.#isOpen && !this.#isAway
  }

  /** Reads the books: the last snapshot, and what came after it. False while the database is away. */
  async open(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#isOpen || this.#isClosed) return this.#isOpen
      await this.#openSnapshot()
      this.#isOpen = await this.#readOn(() => undefined)
      const { unread } = this.#accountState
      if (this.#isOpen && unread > 0) this.#deps.log.warn({ unread }, UNREAD)
      return this.#isOpen
    })
  }

  /**
   * Writes what `decide` says, entry by entry, each whole or not at all. True once all of it is on the disk and in the
   * books; false when the database is away.
   */
  async record(decide: (accountState: AccountState) => readonly StreamEntry[]): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#isLate || this.#isClosed) return false
      // What failed before may have been stored all the same: nothing is decided without it.
      if (this.#isAway && this.#isOpen && !(await this.#readOn(this.#deps.onApplied))) return false
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const outcome = await this.#writeAll(decide(this.#accountState))
        if (outcome !== 'conflict') return outcome === 'written'
      }
      this.#deps.log.error({}, 'Another program writes to the same event log without a pause')
      return false
    })
  }

  /** Ends reading and writing: from now on the database may be that of another mode. */
  close(): void {
    this.#isOpen = false
    this.#isClosed = true
  }

  /** Reads what others wrote, and keeps a snapshot. */
  async checkpoint(): Promise<void> {
    await this.#inTurn(async () => {
      if (!this.#isOpen || !(await this.#readOn(this.#deps.onApplied))) return
      const value = toSnapshot({
        lastId: this.#readUpTo,
        lastHash: this.#readHash,
        state: this.#accountState.toState(),
      })
      const { clock, eventLog } = this.#deps
      await within(clock, ANSWERS_WITHIN_MS, eventLog.values.keep({ name: this.#snapshotName, value }))
    })
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(run)
    this.#turn = done.catch(() => undefined)
    return done
  }

  async #writeAll(entries: readonly StreamEntry[]): Promise<'written' | 'away' | 'conflict'> {
    for (const entry of entries) {
      const outcome = await this.#append(entry)
      if (outcome !== 'written') return outcome
    }
    return 'written'
  }

  async #append({ stream, events }: StreamEntry): Promise<'written' | 'away' | 'conflict'> {
    if (events.length === 0) return 'written'
    if (this.#isClosed) return 'away'
    const { clock, eventLog } = this.#deps
    const at = clock.now()
    const appending = eventLog.events.append({
      stream: `${this.#prefix}${stream}`,
      expectedVersion: this.#accountState.versionOf(stream),
      events: events.map(({ type, payload }) => ({ type, payload: { ...payload }, at })),
    })
    const answer = await within(clock, ANSWERS_WITHIN_MS, appending)
    if (answer === undefined) return this.#leave(stream, appending)
    this.#isAway = !answer.ok && answer.error.kind !== 'conflict'
    if (answer.ok) return this.#take(answer.value)
    if (answer.error.kind !== 'conflict') {
      this.#deps.log.warn({ stream, problem: answer.error }, 'Events could not be written')
      return 'away'
    }
    return (await this.#resolve(stream, answer.error.actualVersion)) ? 'conflict' : 'away'
  }

  /** Goes on without an append that takes too long; what it wrote all the same comes into the books when it ends. */
  #leave(stream: string, appending: ReturnType<EventLog['events']['append']>): 'away' {
    this.#deps.log.warn({ stream }, 'The database does not answer; events could not be written in time')
    this.#isAway = true
    this.#isLate = true
    void appending.then((answer) =>
      this.#inTurn(async () => {
        this.#isLate = false
        if (answer.ok) await this.#take(answer.value)
      }),
    )
    return 'away'
  }

  /**
   * Applies what was written. The books are folded in the log's own order, so that they are the same when they are read
   * anew: what stands in between, such as an append whose answer was lost, comes first.
   */
  async #take(written: readonly AuditEvent[]): Promise<'written' | 'away'> {
    if (written[0]?.id !== this.#readUpTo + 1)
      return (await this.#readOn(this.#deps.onApplied)) ? 'written' : 'away'
    for (const logged of written) this.#apply(logged, this.#deps.onApplied)
    return 'written'
  }

  #apply(logged: AuditEvent, tell: TradingLogDeps['onApplied']): void {
    tell(this.#accountState.apply(logged), logged)
    this.#readUpTo = logged.id
    this.#readHash = logged.hash
  }

  /** Reads what the books did not know: another program wrote it, or it is of an order too old to be at hand. */
  async #resolve(stream: StreamEntry['stream'], actualVersion: number): Promise<boolean> {
    if (!(await this.#readOn(this.#deps.onApplied))) return false
    if (this.#accountState.versionOf(stream) >= actualVersion) return true
    const order = await this.#readOrder(stream)
    if (order !== undefined) this.#accountState.adopt(order)
    return order !== undefined
  }

  /** An order folded from its own stream. */
  async #readOrder(stream: string): Promise<OrderRecord | undefined> {
    const { events } = this.#deps.eventLog
    const answer = await this.#answered(events.read({ stream: `${this.#prefix}${stream}`, limit: PAGE }))
    if (!answer.ok) return undefined
    let order: OrderRecord | undefined
    for (const logged of answer.value) {
      const place = { id: stream.slice('order:'.length), version: logged.version, at: logged.at }
      const event = readOrderEvent(logged)
      const after = event && applyOrderEvent(order, event, place)
      order = after ?? (order && { ...order, version: logged.version })
    }
    return order
  }

  /** Applies all events that were not read yet. False where the database is away. */
  async #readOn(tell: TradingLogDeps['onApplied']): Promise<boolean> {
    const read = (place: { afterId: number; limit: number }) =>
      this.#answered(this.#deps.eventLog.events.read({ streamPrefix: this.#prefix, ...place }))
    if (this.#isClosed) return false
    for await (const page of readPages(read, { afterId: this.#readUpTo, limit: PAGE })) {
      this.#isAway = !page.ok
      if (!page.ok) return false
      for (const logged of page.value) this.#apply(logged, tell)
    }
    return true
  }

  /** Opening may take long; what is read later is little, and whoever waits for his turn may want out of a position. */
  async #answered<T, E>(reading: Promise<Result<T, E>>): Promise<Result<T, E | 'late'>> {
    if (!this.#isOpen) return reading
    return (await within(this.#deps.clock, ANSWERS_WITHIN_MS, reading)) ?? err('late')
  }

  get #snapshotName(): string {
    return `account-state:${this.#deps.mode}`
  }

  /** Only a snapshot of this very log is taken: the event that it ends with must be there, with its hash. */
  async #openSnapshot(): Promise<void> {
    const kept = await this.#deps.eventLog.values.read({ name: this.#snapshotName })
    const snapshot = kept.ok && kept.value !== undefined ? readSnapshot(kept.value) : undefined
    if (snapshot === undefined) return
    const { lastId, lastHash, state } = snapshot
    const last = await this.#deps.eventLog.events.read({ afterId: lastId - 1, limit: 1 })
    if (!last.ok || last.value[0]?.id !== lastId || last.value[0].hash !== lastHash) return
    this.#accountState = new AccountState(this.#prefix, state)
    this.#readUpTo = lastId
    this.#readHash = lastHash
  }
}
