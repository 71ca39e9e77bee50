import { chanceOfSilence } from '../market/index.ts'

/** A shorter silence is not looked at: detection has 20 s, and the probe needs a few of them. */
const LEAST_SILENCE_MS = 5_000
/** Without a probe's word a silence must last this long at least. */
const LEAST_SURE_SILENCE_MS = 10_000
/** How much the traffic of a whole watch list varies from minute to minute, see {@link chanceOfSilence}. */
const STEADINESS = 6
/** Rarer silences are suspicious: a probe is asked. It costs one request, so it may be in vain now and then. */
const SUSPICIOUS = 0.02
/** A silence this long is probed on less, so that small watch lists are not left in doubt for minutes. */
const LONG_SILENCE_MS = 14_000
const SUSPICIOUS_WHEN_LONG = 0.2
/** Rarer silences are proof where the probe cannot answer. */
const OVERWHELMING = 1e-4

/** A stretch in which the stream brought nothing for the whole watch list. */
export interface Silence {
  readonly silentMs: number
  /** Bursts that the symbols in trading should have shown in it, or in the part that REST did not explain yet. */
  readonly expected: number
}

/** How strange a silence is; `overwhelming` is more than chance can explain. */
export type Suspicion = 'none' | 'suspicious' | 'overwhelming'

/** Weighs a silence by the traffic that was due. */
export function suspicionOf({ silentMs, expected }: Silence): Suspicion {
  if (silentMs < LEAST_SILENCE_MS) return 'none'
  const chance = chanceOfSilence(expected, STEADINESS)
  if (chance < OVERWHELMING && silentMs >= LEAST_SURE_SILENCE_MS) return 'overwhelming'
  return chance < (silentMs < LONG_SILENCE_MS ? SUSPICIOUS : SUSPICIOUS_WHEN_LONG) ? 'suspicious' : 'none'
}

/** What REST said when it was asked for the latest quotes; `failed` when it did not answer. */
export type ProbeAnswer = 'newer' | 'nothing-newer' | 'failed'

/**
 * mute: the stream keeps back what REST shows. quiet: the market itself is quiet. unsure: look again.
 */
export type Verdict = 'mute' | 'quiet' | 'unsure'

/** Settles a suspicion once the probe has answered and the stream had time to bring the same. */
export function verdictOf(answer: ProbeAnswer, suspicion: Suspicion): Verdict {
  if (answer === 'newer') return 'mute'
  if (answer === 'nothing-newer') return 'quiet'
  return suspicion === 'overwhelming' ? 'mute' : 'unsure'
}
