import { chanceOfSilence } from '../market/index.ts'

/** A shorter silence is ignored: detection has 20 s, and the probe needs a few of them. */
const LEAST_SILENCE_MS = 5_000
/** Without a probe's answer a silence must last at least this long. */
const LEAST_SURE_SILENCE_MS = 10_000
/** How much the traffic of a whole watchlist varies from minute to minute, see {@link chanceOfSilence}. */
const STEADINESS = 6
/**
 * A silence with a lower probability is suspicious and starts a probe. A probe costs one request, so a few
 * may be in vain.
 */
const SUSPICIOUS = 0.02
/**
 * A silence this long is probed at a higher probability, so that small watchlists are not left in doubt for
 * minutes.
 */
const LONG_SILENCE_MS = 14_000
const SUSPICIOUS_WHEN_LONG = 0.2
/** A silence with a lower probability is proof if the probe cannot answer. */
const OVERWHELMING = 1e-4

/** A period in which the stream delivered nothing for the whole watchlist. */
export interface Silence {
  readonly silentMs: number
  /**
   * Bursts expected in it from the symbols that are not halted, or in the part that REST has not explained
   * yet.
   */
  readonly expected: number
}

/** How suspicious a silence is; `overwhelming` is more than chance can explain. */
export type Suspicion = 'none' | 'suspicious' | 'overwhelming'

/** Judges a silence by the traffic that was expected. */
export function suspicionOf({ silentMs, expected }: Silence): Suspicion {
  if (silentMs < LEAST_SILENCE_MS) return 'none'
  const chance = chanceOfSilence(expected, STEADINESS)
  if (chance < OVERWHELMING && silentMs >= LEAST_SURE_SILENCE_MS) return 'overwhelming'
  return chance < (silentMs < LONG_SILENCE_MS ? SUSPICIOUS : SUSPICIOUS_WHEN_LONG) ? 'suspicious' : 'none'
}

/** Whether REST had newer quotes than the stream; `failed` if it did not answer. */
export type ProbeAnswer = 'newer' | 'nothing-newer' | 'failed'

/** mute: the stream withholds what REST shows. quiet: the market itself is quiet. unsure: check again. */
export type Verdict = 'mute' | 'quiet' | 'unsure'

/** Decides about a suspicion once the probe has answered and the stream had time to deliver the same data. */
export function verdictOf(answer: ProbeAnswer, suspicion: Suspicion): Verdict {
  if (answer === 'newer') return 'mute'
  if (answer === 'nothing-newer') return 'quiet'
  return suspicion === 'overwhelming' ? 'mute' : 'unsure'
}
