import type { ArmingFailure, SignalHandlers } from '#shared/ipc/contract'
import { err, ok, type Result } from '#shared/result'
import type { RuntimeConcern } from '#shared/runtime-concern'
import type { Mode } from '#shared/settings'
import { MINUTE_MS, SECOND_MS } from '#shared/time'
import type { Clock } from '#process/clock'
import type { TradingEvent } from '../state/index.ts'
import { Arming } from './arming.ts'
import type { SafetyRecord } from './safety-record.ts'

/** The longest wait after a wrong guess. */
const LONGEST_WAIT_MS = 5 * MINUTE_MS

interface LiveArmingDeps {
  readonly mode: Mode
  readonly safety: SafetyRecord
  /** The last four characters of the account's number; unknown until Alpaca has reported the account. */
  readonly endsWith: () => string | undefined
  /** What makes this runtime unsafe for real money, as of now. */
  readonly concerns: () => readonly RuntimeConcern[]
  readonly record: (event: TradingEvent) => Promise<void>
  readonly onChange: () => void
  readonly clock: Clock
}

/**
 * The ceremony that arms the live account: the trader types the last four characters of its number, which no window
 * has, and accepts what makes this runtime unsafe. Each wrong guess doubles the wait before the next.
 */
export class LiveArming {
  readonly #deps: LiveArmingDeps
  readonly #arming: Arming

  constructor(deps: LiveArmingDeps) {
    this.#deps = deps
    this.#arming = new Arming(deps.clock, () => {
      void deps.record({ type: 'LiveDisarmed', payload: { version: 1, reason: 'no orders for 30 minutes' } })
      deps.onChange()
    })
  }

  get arming(): Pick<Arming, 'until' | 'disarmedSince' | 'keep'> {
    return this.#arming
  }

  /** Answers the contract's calls that arm and disarm. */
  readonly calls: Pick<SignalHandlers['trading'], 'arm' | 'disarm'> = {
    arm: async ({ endsWith, accepted = [] }) => {
      const { record, onChange } = this.#deps
      const refusal = this.#whyNotTried(accepted) ?? (await this.#whyWrong(endsWith))
      if (refusal !== undefined) return refusal
      const until = this.#arming.arm()
      const despite = this.#deps.concerns().map(({ code }) => code)
      await record({
        type: 'LiveArmed',
        payload: { version: 1, until, ...(despite.length > 0 && { despite }) },
      })
      onChange()
      return ok(undefined)
    },
    disarm: async () => {
      if (this.#arming.until !== undefined) {
        this.#arming.disarm()
        await this.#deps.record({ type: 'LiveDisarmed', payload: { version: 1, reason: 'disarmed' } })
        this.#deps.onChange()
      }
      return ok(undefined)
    },
  }

  stop(): void {
    this.#arming.disarm()
  }

  /** Why what was typed isn't even compared. */
  #whyNotTried(accepted: readonly string[]): Result<never, ArmingFailure> | undefined {
    const { mode, endsWith, concerns } = this.#deps
    if (mode !== 'live') return notArmed('Only the live account can be armed.')
    if (endsWith() === undefined)
      return notArmed('Alpaca hasn’t reported the account yet. Try again in a moment.')
    const open = concerns().filter(({ code }) => !accepted.includes(code))
    if (open.length > 0) return err({ kind: 'unsafe-runtime', concerns: concerns() })
    const waitMs = this.#waitMs()
    if (waitMs === 0) return undefined
    return notArmed(`Too many wrong entries. Wait ${Math.ceil(waitMs / SECOND_MS)} s.`)
  }

  async #whyWrong(typed: string): Promise<Result<never, ArmingFailure> | undefined> {
    const { safety, endsWith, record, clock } = this.#deps
    const { wrongGuesses, ...state } = safety.state
    if (endsWith() === typed) {
      if (wrongGuesses !== undefined) safety.replace(state)
      return undefined
    }
    const count = (wrongGuesses?.count ?? 0) + 1
    safety.block({ ...state, wrongGuesses: { count, lastAt: clock.now() } })
    await record({ type: 'LiveArmingFailed', payload: { version: 1, attempt: count } })
    return notArmed(
      `The account number doesn’t end with ${typed}. Next try in ${waitAfter(count) / SECOND_MS} s.`,
    )
  }

  #waitMs(): number {
    const { safety, clock } = this.#deps
    safety.correctTimes()
    const { wrongGuesses } = safety.state
    if (wrongGuesses === undefined) return 0
    return Math.max(0, wrongGuesses.lastAt + waitAfter(wrongGuesses.count) - clock.now())
  }
}

/** The wait after this many wrong guesses, ms: 1 s, doubled each time. */
const waitAfter = (count: number): number =>
  Math.min(SECOND_MS * 2 ** Math.min(count - 1, 20), LONGEST_WAIT_MS)

const notArmed = (message: string) => err<ArmingFailure>({ kind: 'not-armed', message })
