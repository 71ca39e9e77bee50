import { isDeepStrictEqual } from 'node:util'
import { defined } from '#shared/defined'
import { describeVerdict } from '#shared/trading/describe-log'
import type { OrderRefusal, SignalHandlers } from '#shared/ipc/contract'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { err, ok, type Result } from '#shared/result'
import type { RuntimeConcern } from '#shared/runtime-concern'
import type { Mode } from '#shared/settings'
import type { AccountSummary } from '#shared/trading/account'
import {
  DEFAULT_RISK_LIMITS,
  HALT_LASTS_MS,
  isLooser,
  riskLimits,
  type RiskLimits,
  type RiskLimitsPatch,
} from '#shared/trading/limits'
import type { EpochMs } from '#shared/units'
import type { Clock } from '#process/clock'
import type { Log } from '#process/log'
import type { Arming } from './arming.ts'
import { LiveArming } from './live-arming.ts'
import { SafetyRecord } from './safety-record.ts'
import { tightened, withDoubt, type SafetyState, type SafetyStore } from './safety-state.ts'
import type { RiskState, TradingEvent } from '../state/index.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { databaseAway, refusedFor } from '../gateway/refused.ts'
import { dailyLoss } from '../../risk/index.ts'

interface SafeguardDeps {
  readonly mode: Mode
  readonly tradingLog: TradingLog
  /** Where the safety state is kept, outside the database. */
  readonly store: SafetyStore
  readonly concerns: () => readonly RuntimeConcern[]
  readonly account: () => AccountSummary | undefined
  /** Continues with the event log as it is, although it doesn't match what Signal had recorded of it. */
  readonly acceptLog: () => Promise<void>
  /** Called when something that limits trading changed. */
  readonly onChange: () => void
  readonly clock: Clock
  readonly log: Log
}

type Calls = Pick<
  SignalHandlers['trading'],
  'halt' | 'release' | 'arm' | 'disarm' | 'setLimits' | 'confirmLimits'
>

const NOT_ACCEPTED = 'The event log could not be recorded again'
const OTHER_LOG =
  'This database lacks the events that Signal recorded last: it was damaged, restored, replaced or switched. Orders, fills and changes recorded since aren’t in it.'

/**
 * The trader's controls (kill switch, live arming, limits) and the daily loss limit, which ends entries on its own. What
 * they set is kept in the safety file first and recorded in the event log second. What blocks trading counts even
 * if neither can be written; what allows it counts only once both are.
 */
export class Safeguards {
  readonly #deps: SafeguardDeps
  readonly #safety: SafetyRecord
  readonly #live: LiveArming
  #isJoined = false
  /** What blocks trading and is not recorded in the log yet. */
  #unrecorded: readonly TradingEvent[] = []
  /** Recordings under way; until they end, the log lags behind the file. */
  #recordings = 0
  readonly calls: Calls

  constructor(deps: SafeguardDeps) {
    const { mode, tradingLog, store, concerns, onChange, clock, log } = deps
    this.#deps = deps
    this.#safety = new SafetyRecord({ store, clock, log })
    this.#live = new LiveArming({
      mode,
      safety: this.#safety,
      endsWith: () => tradingLog.accountState.account?.endsWith,
      concerns,
      record: (event) => this.#recordBlock([event]),
      onChange,
      clock,
    })
    this.calls = { ...this.#own, ...this.#live.calls }
  }

  get arming(): Pick<Arming, 'until' | 'disarmedSince' | 'keep'> {
    return this.#live.arming
  }

  /** The limits in force. */
  get limits(): RiskLimits {
    return this.#safety.state.limits
  }

  get haltedSince(): EpochMs | undefined {
    return this.#safety.state.haltedSince
  }

  /** Why the limits must be confirmed before anything is sent, and since when. */
  get unconfirmed(): SafetyState['unconfirmed'] {
    return this.#safety.state.unconfirmed
  }

  /** Since when the safety file cannot be written. */
  get unwrittenSince(): EpochMs | undefined {
    return this.#safety.unwrittenSince
  }

  /** When the daily loss limit was reached today, by the exchange's calendar. */
  get lossReachedAt(): EpochMs | undefined {
    const { lossReached } = this.#safety.state
    return lossReached?.day === this.#today() ? lossReached.at : undefined
  }

  /**
   * Blocks trading until the trader has confirmed the limits, because what Signal relies on is in doubt, such as an event
   * log that fails its checks. `reason` is a sentence for the trader.
   */
  doubt(reason: string): void {
    const { state } = this.#safety
    const next = withDoubt(state, reason, this.#deps.clock.now())
    if (next === state) return
    this.#safety.block(next)
    this.#deps.onChange()
  }

  /** Brings file and log together once the log is open; false while it cannot be read. Entries wait for it. */
  async joinLog(): Promise<boolean> {
    const { tradingLog, clock } = this.#deps
    if (this.#isJoined || !tradingLog.isOpen) return this.#isJoined
    const { lastEvent } = this.#safety.state
    const isSame = lastEvent === undefined || (await tradingLog.has(lastEvent))
    if (isSame === undefined || this.#isJoined) return this.#isJoined
    this.#isJoined = true
    const { state, isFirst } = this.#safety
    const { risk } = tradingLog.accountState
    const isUntouched = isFirst && isDeepStrictEqual(state.limits, DEFAULT_RISK_LIMITS)
    const known = isUntouched ? { ...state, limits: risk.limits } : state
    const joined = isSame
      ? tightened(known, risk)
      : withDoubt(tightened(state, { ...risk, limits: state.limits }), OTHER_LOG, clock.now())
    const { verdict } = tradingLog
    const proven =
      verdict === undefined || verdict.kind === 'intact'
        ? joined
        : withDoubt(joined, describeVerdict(verdict), clock.now())
    this.#safety.block({ ...proven, ...(tradingLog.end && { lastEvent: tradingLog.end }) })
    this.#unrecorded = differenceOf(risk, this.#safety.state)
    await this.keep()
    this.#deps.onChange()
    return true
  }

  /** Takes in an event that the log has: one of ours that arrived late, or another Signal's, which counts if it blocks. */
  learn(event: TradingEvent): void {
    this.#unrecorded = withoutFirst(this.#unrecorded, event)
    this.#catchUp()
  }

  #catchUp(): void {
    if (!this.#isJoined || this.#recordings > 0) return
    const { state } = this.#safety
    const next = tightened(state, this.#deps.tradingLog.accountState.risk)
    if (!isDeepStrictEqual(next, state)) this.#safety.block(next)
  }

  /** Writes and records what could not be kept when it was set. */
  async keep(): Promise<void> {
    this.#safety.retry()
    if (this.#unrecorded.length > 0 && !this.#deps.tradingLog.isAway) await this.#record([])
  }

  /** Keeps the log's last event, by which the next start recognizes the log, and notices a log that lost it. */
  async watchLog(): Promise<void> {
    const { end } = this.#deps.tradingLog
    if (!this.#isJoined || end === undefined) return
    const isThere = await this.#deps.tradingLog.has(end)
    if (isThere === false) return this.doubt(OTHER_LOG)
    const { state } = this.#safety
    if (isThere === true && state.lastEvent?.id !== end.id) this.#safety.replace({ ...state, lastEvent: end })
  }

  /** Ends entries for the day once the daily loss limit is reached. */
  async watchLoss(): Promise<void> {
    const { tradingLog, account, clock, onChange } = this.#deps
    if (!tradingLog.isOpen || this.lossReachedAt !== undefined) return
    const { state, lossPercent } = dailyLoss(account(), this.limits)
    if (state !== 'reached') return
    const day = this.#today()
    this.#safety.block({ ...this.#safety.state, lossReached: { day, at: clock.now() } })
    onChange()
    await this.#recordBlock([
      { type: 'DailyLossReached', payload: { version: 1, day, lossPercent: lossPercent.toFixed(2) } },
    ])
  }

  stop(): void {
    this.#live.stop()
  }

  readonly #own: Omit<Calls, 'arm' | 'disarm'> = {
    halt: async () => {
      const { state } = this.#safety
      if (state.haltedSince !== undefined) return ok(undefined)
      this.#safety.block({ ...state, haltedSince: this.#deps.clock.now() })
      this.#deps.onChange()
      await this.#recordBlock([{ type: 'KillSwitchEngaged', payload: { version: 1 } }])
      return ok(undefined)
    },
    release: async ({ typed }) => {
      const problem = this.#whyNotReleased(typed)
      if (problem !== undefined) return err({ kind: 'not-released', message: problem })
      const isKept = await this.#allow(
        ({ haltedSince: _released, ...rest }) => rest,
        [{ type: 'KillSwitchReleased', payload: { version: 1 } }],
      )
      if (isKept) return ok(undefined)
      const message = 'Couldn’t turn off the kill switch (not saved). New orders stay blocked; try again.'
      return err({ kind: 'not-released', message })
    },
    setLimits: (patch) => this.#setLimits(patch),
    confirmLimits: async (shown) => {
      const { limits, unconfirmed } = this.#safety.state
      if (unconfirmed === undefined) return ok(undefined)
      if (limitChanges(limits, shown).length > 0)
        return refusedFor('LIMITS_UNCONFIRMED', 'The limits changed meanwhile. Review them again.')
      const { reasons } = unconfirmed
      const isKept = await this.#allow(
        ({ unconfirmed: _confirmed, ...rest }) => rest,
        [{ type: 'LimitsConfirmed', payload: { version: 1, reasons } }],
      )
      if (!isKept) return databaseAway()
      void this.#deps.acceptLog().catch((err: unknown) => this.#deps.log.error({ err }, NOT_ACCEPTED))
      return ok(undefined)
    },
  }

  #whyNotReleased(typed: string): string | undefined {
    this.#safety.correctTimes()
    const since = this.haltedSince
    if (since === undefined) return 'The kill switch is off.'
    if (typed !== 'UNLOCK') return 'Type UNLOCK in capitals.'
    const left = Math.ceil((since + HALT_LASTS_MS - this.#deps.clock.now()) / 1_000)
    return left > 0 ? `Available in ${left} s.` : undefined
  }

  async #setLimits(patch: RiskLimitsPatch): Promise<Result<RiskLimits, OrderRefusal>> {
    const { state } = this.#safety
    const limits = { ...state.limits, ...defined(patch) }
    const changes = limitChanges(state.limits, limits)
    if (changes.length === 0) return ok(this.limits)
    if (changes.some(({ payload: { limit, before, after } }) => isLooser(limit, before, after))) {
      const refusal = this.#whyNotLoosened()
      if (refusal !== undefined) return refusal
      if (!(await this.#allow((now) => ({ ...now, limits }), changes))) return databaseAway()
    } else {
      this.#safety.block({ ...state, limits })
      this.#deps.onChange()
      await this.#recordBlock(changes)
    }
    return ok(this.limits)
  }

  /** Why no limit may be loosened now: it takes the same ceremony as trading itself. */
  #whyNotLoosened(): Result<never, OrderRefusal> | undefined {
    if (this.unconfirmed !== undefined)
      return refusedFor('LIMITS_UNCONFIRMED', 'Confirm the limits before you loosen one.')
    if (this.haltedSince !== undefined)
      return refusedFor(
        'KILL_SWITCH_ENGAGED',
        'The kill switch is on. Turn it off before you loosen a limit.',
      )
    if (this.#deps.mode === 'live' && this.arming.until === undefined)
      return refusedFor('LIVE_NOT_ARMED', 'Arm live trading before you loosen a limit.')
    return undefined
  }

  /** Allows more: the file first, then the log; if either cannot be written, it stays as it was. */
  async #allow(change: (now: SafetyState) => SafetyState, events: readonly TradingEvent[]): Promise<boolean> {
    if (!(await this.joinLog())) return false
    const before = this.#safety.state
    if (!this.#safety.replace(change(before))) return false
    const isKept = await this.#record(events)
    if (!isKept) {
      const { unconfirmed } = before
      this.#safety.block({ ...tightened(this.#safety.state, before), ...(unconfirmed && { unconfirmed }) })
    }
    this.#deps.onChange()
    return isKept
  }

  async #recordBlock(events: readonly TradingEvent[]): Promise<void> {
    if (!(await this.#record(events))) this.#unrecorded = [...this.#unrecorded, ...events]
  }

  /** Records these events, and before them those that could not be recorded. */
  async #record(events: readonly TradingEvent[]): Promise<boolean> {
    if (!this.#isJoined) return false
    const pending = this.#unrecorded
    this.#unrecorded = []
    this.#recordings++
    const isWritten = await this.#deps.tradingLog
      .record(() => [{ stream: 'risk', events: [...pending, ...events] }])
      .finally(() => this.#recordings--)
    if (isWritten) this.#catchUp()
    else this.#unrecorded = [...pending, ...this.#unrecorded]
    return isWritten
  }

  #today(): string {
    return exchangeDayOf(this.#deps.clock.now())
  }
}

function withoutFirst(events: readonly TradingEvent[], event: TradingEvent): readonly TradingEvent[] {
  const place = events.findIndex((one) => isDeepStrictEqual(one, event))
  return place === -1 ? events : events.filter((_one, index) => index !== place)
}

/** An event for each limit that changes. */
const limitChanges = (limits: RiskLimits, next: RiskLimits) =>
  riskLimits
    .keyof()
    .options.filter((limit) => next[limit] !== limits[limit])
    .map((limit) => ({
      type: 'RiskLimitChanged' as const,
      payload: { version: 1 as const, limit, before: limits[limit], after: next[limit] },
    }))

/** The events that a log lacks of a state that is at least as strict. */
function differenceOf(
  risk: RiskState,
  { limits, haltedSince, lossReached }: SafetyState,
): readonly TradingEvent[] {
  const isHalted = haltedSince !== undefined && risk.haltedSince === undefined
  const isLost = lossReached !== undefined && lossReached.day !== risk.lossReached?.day
  const lossPercent = limits.dailyLossPercent.toFixed(2) // at least
  return [
    ...limitChanges(risk.limits, limits),
    ...(isHalted ? [{ type: 'KillSwitchEngaged', payload: { version: 1 } } as const] : []),
    ...(isLost
      ? [{ type: 'DailyLossReached', payload: { version: 1, day: lossReached.day, lossPercent } } as const]
      : []),
  ]
}
