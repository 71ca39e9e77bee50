import { err, type Result } from '#shared/result'
import type { Mode } from '#shared/settings'
import type { AuditEvent, LogVerdict } from '#shared/trading/audit'
import { describeVerdict } from '#shared/trading/describe-log'
import { within, type Clock } from '#process/clock'
import type { Log } from '#process/log'
import {
  applyOrderEvent,
  AccountState,
  readOrderEvent,
  hashOfSnapshot,
  readSnapshot,
  toSnapshot,
  type AccountStateSnapshot,
  type Applied,
  type OrderRecord,
  type TradingEvent,
} from '../state/index.ts'
import { readPages } from '#storage'
import type { EventLog } from '../deps.ts'

/** Events for one stream. Its name omits the mode: `account`, `risk`, or `order:` and the order's id. */
export interface StreamEntry {
  readonly stream: 'account' | 'risk' | `order:${string}`
  readonly events: readonly TradingEvent[]
}

interface TradingLogDeps {
  readonly mode: Mode
  readonly eventLog: EventLog
  readonly clock: Clock
  /** Called with each event that this log writes or reads after {@link TradingLog.open}. */
  readonly onApplied: (applied: Applied | undefined, logged: AuditEvent) => void
  readonly log: Log
}

const UNREAD = 'The log holds events that a newer Signal wrote; the account state skips them'
/** Events per read; the storage process allows no more. */
const PAGE = 10_000
/** How often to decide again when another Signal wrote to the same stream first. */
const MAX_TRIES = 20
/** A database that takes longer to answer counts as away: its disk hangs, or another program has locked it. */
const ANSWERS_WITHIN_MS = 2_000

/**
 * The only writer of an account's events, and the account state folded from them. What to write is decided from the
 * account state when its turn comes, so that two callers who learn the same thing at the same time write it once.
 */
export class TradingLog {
  readonly #deps: TradingLogDeps
  readonly #prefix: string
  #accountState: AccountState
  /** The account state includes every event up to this id of the whole log. */
  #readUpTo = 0
  /** The hash of that event; empty until one was read after a snapshot. */
  #readHash = ''
  /** The last snapshot includes every event up to this id. */
  #savedUpTo = 0
  #verdict: LogVerdict | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #isOpen = false
  #isClosed = false
  #isAway = false
  /** An append that timed out is still running; until it ends, the content of the log is unknown. */
  #isLate = false

  constructor(deps: TradingLogDeps) {
    this.#deps = deps
    this.#prefix = `${deps.mode}:`
    this.#accountState = new AccountState(this.#prefix)
  }

  get accountState(): AccountState {
    return this.#accountState
  }

  /** Whether the account state was read, so that events may be written. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Whether the database did not answer the last read or write. */
  get isAway(): boolean {
    return this.#isAway
  }

  /** Whether events can be recorded now, as far as is known. */
  get isAtHand(): boolean {
    return this.#isOpen && !this.#isAway
  }

  /**
   * What the check of the log showed when it was opened; absent until then. Anything but `intact` means that the account
   * state may rest on events that Signal did not write.
   */
  get verdict(): LogVerdict | undefined {
    return this.#verdict
  }

  /** The last event that the account state includes; none while there is none. */
  get end(): { readonly id: number; readonly hash: string } | undefined {
    return this.#readHash === '' ? undefined : { id: this.#readUpTo, hash: this.#readHash }
  }

  /** Whether the log has an event with this id and hash; unknown while the database is away. */
  async has({ id, hash }: { readonly id: number; readonly hash: string }): Promise<boolean | undefined> {
    const found = await this.#answered(this.#deps.eventLog.events.read({ afterId: id - 1, limit: 1 }))
    return found.ok ? found.value[0]?.id === id && found.value[0].hash === hash : undefined
  }

  /** Reads the account state: the last snapshot and the events after it. False while the database is away. */
  async open(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#isOpen || this.#isClosed) return this.#isOpen
      if (!(await this.#openProven())) return false
      this.#isOpen = await this.#readNew(() => undefined)
      if (this.#isOpen) await this.#recordDoubt()
      const { unread } = this.#accountState
      if (this.#isOpen && unread > 0) this.#deps.log.warn({ unread }, UNREAD)
      return this.#isOpen
    })
  }

  /**
   * Writes what `decide` returns, entry by entry, each entirely or not at all. True once all of it is on disk and in the
   * account state; false if the database is away or the log is closed.
   */
  async record(decide: (accountState: AccountState) => readonly StreamEntry[]): Promise<boolean> {
    return this.#inTurn(async () => {
      if (this.#isLate || this.#isClosed) return false
      // A failed append may have been stored anyway: read it before deciding anything.
      if (this.#isAway && this.#isOpen && !(await this.#readNew(this.#deps.onApplied))) return false
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const outcome = await this.#writeAll(decide(this.#accountState))
        if (outcome !== 'conflict') return outcome === 'written'
      }
      this.#deps.log.error({}, 'Another program keeps writing to the same event log')
      return false
    })
  }

  /** Ends reading and writing: from now on, the database may belong to another mode. */
  close(): void {
    this.#isOpen = false
    this.#isClosed = true
  }

  /** Reads what other programs wrote, and stores a snapshot if there is anything new. */
  async checkpoint(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#isLate || !this.#isOpen || !(await this.#readNew(this.#deps.onApplied))) return
      if (this.#readUpTo <= this.#savedUpTo) return
      const lastId = this.#readUpTo
      const value = toSnapshot({ lastId, state: this.#accountState.toState() })
      const payload = { version: 1, lastId, sha256: hashOfSnapshot(value) } as const
      // First the event: a snapshot that the log does not know is never used.
      const recorded = await this.#append({
        stream: 'account',
        events: [{ type: 'AccountStateSaved', payload }],
      })
      if (recorded !== 'written') return
      this.#savedUpTo = this.#readUpTo
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

  /** Continues without an append that timed out; if it succeeds later, its events are applied then. */
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
   * Applies what was written. Events are folded in the log's order, so that reading the log again gives the same account
   * state: anything in between, such as an append whose answer was lost, is read first.
   */
  async #take(written: readonly AuditEvent[]): Promise<'written' | 'away'> {
    if (written[0]?.id !== this.#readUpTo + 1)
      return (await this.#readNew(this.#deps.onApplied)) ? 'written' : 'away'
    for (const logged of written) this.#apply(logged, this.#deps.onApplied)
    return 'written'
  }

  #apply(logged: AuditEvent, onApplied: TradingLogDeps['onApplied']): void {
    onApplied(this.#accountState.apply(logged), logged)
    this.#readUpTo = logged.id
    this.#readHash = logged.hash
  }

  /** Reads what the account state lacks: another program wrote it, or the order is too old to be in memory. */
  async #resolve(stream: StreamEntry['stream'], actualVersion: number): Promise<boolean> {
    if (!(await this.#readNew(this.#deps.onApplied))) return false
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

  /** Applies all events that were not read yet. False if the database is away or the log is closed. */
  async #readNew(onApplied: TradingLogDeps['onApplied']): Promise<boolean> {
    const read = (place: { afterId: number; limit: number }) =>
      this.#answered(this.#deps.eventLog.events.read({ streamPrefix: this.#prefix, ...place }))
    if (this.#isClosed) return false
    for await (const page of readPages(read, { afterId: this.#readUpTo, limit: PAGE })) {
      this.#isAway = !page.ok
      if (!page.ok) return false
      for (const logged of page.value) this.#apply(logged, onApplied)
    }
    return true
  }

  /** Opening may take long and has no limit. Later reads are short, and whoever waits for a turn may want to exit. */
  async #answered<T, E>(reading: Promise<Result<T, E>>): Promise<Result<T, E | 'late'>> {
    if (!this.#isOpen) return reading
    return (await within(this.#deps.clock, ANSWERS_WITHIN_MS, reading)) ?? err('late')
  }

  get #snapshotName(): string {
    return `account-state:${this.#deps.mode}`
  }

  /**
   * Starts from the stored snapshot if its hash is in the log and everything from there on is proven; otherwise from the
   * first event. False while the database is away.
   */
  async #openProven(): Promise<boolean> {
    const { events, values } = this.#deps.eventLog
    const kept = await values.read({ name: this.#snapshotName })
    const snapshot = kept.ok && kept.value !== undefined ? readSnapshot(kept.value) : undefined
    let proven = await events.prove(snapshot?.lastId ?? 0)
    const savedAt = snapshot && proven.ok ? await this.#savedAt(snapshot, proven.value) : undefined
    if (snapshot !== undefined && savedAt === undefined) {
      this.#deps.log.warn({}, 'The saved account state is not proven by the log; the whole log is read')
      proven = await events.prove(0)
    }
    this.#isAway = !proven.ok
    if (!proven.ok) return false
    this.#verdict = proven.value
    if (snapshot === undefined || savedAt === undefined) return true
    this.#accountState = new AccountState(this.#prefix, snapshot.state)
    this.#readUpTo = snapshot.lastId
    this.#savedUpTo = savedAt
    return true
  }

  /** The id of the event that holds the snapshot's hash; nothing unless it is among the events just proven. */
  async #savedAt({ lastId, sha256 }: AccountStateSnapshot, verdict: LogVerdict): Promise<number | undefined> {
    if (verdict.kind === 'broken' || verdict.from > lastId + 1) return undefined
    const saved = await this.#deps.eventLog.events.read({
      stream: `${this.#prefix}account`,
      types: ['AccountStateSaved'],
      afterId: lastId,
      limit: PAGE,
    })
    const found = (saved.ok ? saved.value : []).find(
      ({ payload }) => payload['sha256'] === sha256 && payload['lastId'] === lastId,
    )
    return found?.id
  }

  /** Records that the log didn't match what Signal had recorded outside the database. */
  async #recordDoubt(): Promise<void> {
    const verdict = this.#verdict
    if (verdict === undefined || verdict.kind === 'intact') return
    const payload = { version: 1, finding: verdict.kind, sentence: describeVerdict(verdict) } as const
    this.#deps.log.error({ verdict }, 'The event log doesn’t match what was recorded of it')
    await this.#append({ stream: 'account', events: [{ type: 'LogDoubted', payload }] })
  }
}
