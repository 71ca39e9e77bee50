import type { OrderRefusal, SignalHandlers } from '#shared/ipc/contract'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { err, ok, type Result } from '#shared/result'
import type { Mode } from '#shared/settings'
import type { AccountSummary } from '#shared/trading/account'
import { HALT_LASTS_MS, riskLimits, type RiskLimits, type RiskLimitsPatch } from '#shared/trading/limits'
import type { EpochMs } from '#shared/units'
import type { Clock } from '#process/clock'
import { Arming } from './arming.ts'
import type { TradingEvent } from '../state/index.ts'
import type { TradingLog } from '../event-log/trading-log.ts'
import { databaseAway } from '../gateway/refused.ts'
import { dailyLoss } from '../../risk/index.ts'

interface SafeguardDeps {
  readonly mode: Mode
  readonly tradingLog: TradingLog
  readonly account: () => AccountSummary | undefined
  /** Called when something that limits trading changed. */
  readonly onChange: () => void
  readonly clock: Clock
}

type Calls = Pick<SignalHandlers['trading'], 'halt' | 'release' | 'arm' | 'disarm' | 'setLimits'>

/** The trader's controls (kill switch, live arming, limits) and the daily loss limit, which ends entries on its own. */
export class Safeguards {
  readonly #deps: SafeguardDeps
  readonly #arming: Arming
  /** When the kill switch was engaged, while that is not recorded yet. */
  #haltedUnrecorded: EpochMs | undefined

  constructor(deps: SafeguardDeps) {
    this.#deps = deps
    this.#arming = new Arming(deps.clock, () => {
      void this.#record({ type: 'LiveDisarmed', payload: { version: 1, reason: 'idle for half an hour' } })
      deps.onChange()
    })
  }

  get arming(): Pick<Arming, 'until' | 'disarmedSince' | 'keep'> {
    return this.#arming
  }

  get haltedSince(): EpochMs | undefined {
    return this.#deps.tradingLog.accountState.risk.haltedSince ?? this.#haltedUnrecorded
  }

  /** When the daily loss limit was reached today, by the exchange's calendar. */
  get lossReachedAt(): EpochMs | undefined {
    const { lossReached } = this.#deps.tradingLog.accountState.risk
    return lossReached?.day === this.#today() ? lossReached.at : undefined
  }

  readonly calls: Calls = {
    halt: async () => {
      this.#haltedUnrecorded ??= this.#deps.clock.now()
      this.#deps.onChange()
      if (await this.#record({ type: 'KillSwitchEngaged', payload: { version: 1 } }))
        this.#haltedUnrecorded = undefined
      return ok(undefined)
    },
    release: async ({ typed }) => {
      const problem = this.#whyNotReleased(typed)
      if (problem !== undefined) return err({ kind: 'not-released', message: problem })
      const unrecorded = this.#haltedUnrecorded
      this.#haltedUnrecorded = undefined
      if (!(await this.#record({ type: 'KillSwitchReleased', payload: { version: 1 } }))) {
        this.#haltedUnrecorded = unrecorded
        const message = 'The database cannot be written, so the release could not be kept. Try again.'
        return err({ kind: 'not-released', message })
      }
      this.#deps.onChange()
      return ok(undefined)
    },
    arm: async ({ endsWith }) => {
      const problem = this.#whyNotArmed(endsWith)
      if (problem !== undefined) return err({ kind: 'not-armed', message: problem })
      const until = this.#arming.arm()
      await this.#record({ type: 'LiveArmed', payload: { version: 1, until } })
      this.#deps.onChange()
      return ok(undefined)
    },
    disarm: async () => {
      if (this.#arming.until !== undefined) {
        this.#arming.disarm()
        await this.#record({ type: 'LiveDisarmed', payload: { version: 1, reason: 'disarmed' } })
        this.#deps.onChange()
      }
      return ok(undefined)
    },
    setLimits: (patch) => this.#setLimits(patch),
  }

  /** Records a kill switch that could not be recorded when it was engaged. */
  async keepHalt(): Promise<void> {
    const { tradingLog } = this.#deps
    if (this.#haltedUnrecorded === undefined || !tradingLog.isOpen || tradingLog.isAway) return
    const isKept = await tradingLog.record(({ risk }) =>
      risk.haltedSince === undefined && this.#haltedUnrecorded !== undefined
        ? [{ stream: 'risk', events: [{ type: 'KillSwitchEngaged', payload: { version: 1 } }] }]
        : [],
    )
    if (isKept) this.#haltedUnrecorded = undefined
  }

  /** Ends entries for the day once the daily loss limit is reached. */
  async watchLoss(): Promise<void> {
    const { tradingLog, account } = this.#deps
    if (!tradingLog.isOpen || tradingLog.isAway || this.lossReachedAt !== undefined) return
    const { state, lossPercent } = dailyLoss(account(), tradingLog.accountState.risk.limits)
    if (state !== 'reached') return
    const payload = { version: 1 as const, day: this.#today(), lossPercent: lossPercent.toFixed(2) }
    await this.#deps.tradingLog.record(() =>
      this.lossReachedAt === undefined
        ? [{ stream: 'risk', events: [{ type: 'DailyLossReached', payload }] }]
        : [],
    )
    this.#deps.onChange()
  }

  stop(): void {
    this.#arming.disarm()
  }

  #whyNotReleased(typed: string): string | undefined {
    const since = this.haltedSince
    if (since === undefined) return 'Trading is not halted.'
    if (typed !== 'UNLOCK') return 'Type UNLOCK in capital letters.'
    const left = Math.ceil((since + HALT_LASTS_MS - this.#deps.clock.now()) / 1_000)
    return left > 0 ? `A halt lasts a minute at least: ${left} s more.` : undefined
  }

  #whyNotArmed(typed: string): string | undefined {
    if (this.#deps.mode !== 'live') return 'Only the live account is armed.'
    const { account } = this.#deps.tradingLog.accountState
    if (account === undefined) return 'Alpaca has not told the account yet. Try again in a moment.'
    return account.endsWith === typed ? undefined : `This account’s number does not end with ${typed}.`
  }

  async #setLimits(patch: RiskLimitsPatch): Promise<Result<RiskLimits, OrderRefusal>> {
    const isWritten = await this.#deps.tradingLog.record(({ risk: { limits } }) => [
      { stream: 'risk', events: changesOf(limits, patch) },
    ])
    if (!isWritten) return databaseAway()
    this.#deps.onChange()
    return ok(this.#deps.tradingLog.accountState.risk.limits)
  }

  #record(event: TradingEvent): Promise<boolean> {
    return this.#deps.tradingLog.record(() => [{ stream: 'risk', events: [event] }])
  }

  #today(): string {
    return exchangeDayOf(this.#deps.clock.now())
  }
}

/** An event for each limit that changes. */
function changesOf(limits: RiskLimits, patch: RiskLimitsPatch): readonly TradingEvent[] {
  return riskLimits
    .keyof()
    .options.filter((limit) => patch[limit] !== undefined && patch[limit] !== limits[limit])
    .map((limit) => ({
      type: 'RiskLimitChanged',
      payload: { version: 1, limit, before: limits[limit], after: patch[limit] ?? limits[limit] },
    }))
}
