import { Decimal } from 'decimal.js'
import type { EpochMs } from '#shared/units'

/** How long prices must show a loss before the daily loss limit counts it: a single quote may be a mistake. */
const HELD_MS = 5_000

interface Sample {
  readonly at: EpochMs
  readonly equity: Decimal
}

/** The equity of the last five seconds. */
export class HeldEquity {
  /** Oldest first: those of the last five seconds, and the last one before. */
  readonly #samples: Sample[] = []

  /** Takes the equity of now. */
  add(sample: Sample): void {
    const samples = this.#samples
    samples.push(sample)
    while (samples[1] !== undefined && sample.at - samples[1].at >= HELD_MS) samples.shift()
  }

  /** The most it was in the five seconds up to the last sample; undefined while there are fewer than that. */
  get most(): Decimal | undefined {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    if (first === undefined || last === undefined || last.at - first.at < HELD_MS) return undefined
    return Decimal.max(...this.#samples.map(({ equity }) => equity))
  }
}
