import type { OrderProblem } from '#shared/trading/problem'
import type { Clock } from '#process/clock'
import type { StreamEntry, TradingLog } from '../event-log/trading-log.ts'
import type { EventOf, TradingEvent } from '../state/index.ts'

/** The part that all refusals share. */
type Refusal = Pick<EventOf<'OrderDenied'>['payload'], 'version' | 'by' | 'problems' | 'unrecorded'>

/** What was refused: the event to record, given why. */
export interface Denial {
  readonly stream: StreamEntry['stream']
  readonly event: (refusal: Refusal) => TradingEvent
}

/** How long the same refusal is not recorded again. */
const SAME_MS = 1_000
/** How many refusals are recorded at most in how long: a key that is held down must not fill the log. */
const MOST = 20
const MOST_IN_MS = 10_000

/**
 * Records what Signal itself refused: requests of the trader, never mere checks. A refusal that comes too fast to be
 * recorded is counted, and the next one that is recorded has the count.
 */
export class Denials {
  readonly #tradingLog: TradingLog
  readonly #clock: Clock
  #recent: { readonly key: string; readonly at: number }[] = []
  #unrecorded = 0

  constructor(deps: { readonly tradingLog: TradingLog; readonly clock: Clock }) {
    this.#tradingLog = deps.tradingLog
    this.#clock = deps.clock
  }

  /** What to record of a refusal. Nothing if all that is open are questions: those were not refused, only asked. */
  of({ stream, event }: Denial, problems: readonly OrderProblem[]): readonly StreamEntry[] {
    if (problems.every(({ level }) => level === 'ask')) return []
    const refusal = {
      version: 1 as const,
      by: { kind: 'trader' as const },
      problems: problems.map(({ code, sentence }) => ({ code, sentence })),
    }
    // The sentences may have figures that differ each time.
    const alike = event({ ...refusal, problems: problems.map(({ code }) => ({ code, sentence: '' })) })
    if (!this.#isTaken(JSON.stringify(alike))) {
      this.count()
      return []
    }
    const unrecorded = this.#unrecorded
    this.#unrecorded = 0
    return [{ stream, events: [event({ ...refusal, ...(unrecorded > 0 && { unrecorded }) })] }]
  }

  /** Counts a refusal that could not be recorded. */
  count(): void {
    this.#unrecorded += 1
  }

  /** Records a refusal, unless the database is away: the answer does not wait for it to come back. */
  async record(denial: Denial, problems: readonly OrderProblem[]): Promise<void> {
    if (!this.#tradingLog.isAtHand) return this.count()
    const entries = this.of(denial, problems)
    if (!(await this.#tradingLog.record(() => entries))) this.count()
  }

  #isTaken(key: string): boolean {
    const now = this.#clock.now()
    this.#recent = this.#recent.filter(({ at }) => at > now - MOST_IN_MS)
    const isSame = this.#recent.some((other) => other.key === key && other.at > now - SAME_MS)
    if (isSame || this.#recent.length >= MOST) return false
    this.#recent.push({ key, at: now })
    return true
  }
}
