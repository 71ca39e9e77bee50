import * as z from 'zod'

/** A quote this narrow sets the price whatever is usual, as a fraction of its mid. */
export const NARROW = 0.01
/** How many times its usual spread a symbol's quote may have. */
const TIMES_USUAL = 5
/** Nothing below this matters, as a quote of 1% is always narrow enough. */
const LEAST = NARROW / TIMES_USUAL
/** So that no quote ever sets the price whose spread is above 5% of its mid, however long such quotes stand. */
const MOST = 0.01
/** How far one observation moves what is usual: from the least to the most takes 162 of them. */
const STEP = 1.01

/** {@link UsualSpread} as it is stored: fractions of the mid before, during and after the regular session. */
export const storedSpreads = z.array(z.number().min(LEAST).max(MOST)).length(3)
export type StoredSpreads = z.output<typeof storedSpreads>

/**
 * The usual spread of one symbol in each phase of the day, between 0.2% and 1% of the mid: a median that moves a
 * step with each observation, so that a few wide quotes change nothing, and that needs one number a phase.
 */
export class UsualSpread {
  readonly #usual: StoredSpreads

  constructor(stored: StoredSpreads = [LEAST, LEAST, LEAST]) {
    this.#usual = [...stored]
  }

  /** Learns the spread of the quote that stands now, a fraction of its mid; one that never counts teaches nothing. */
  observe(phase: number, spread: number): void {
    if (spread > MOST * TIMES_USUAL) return
    const usual = this.#in(phase)
    this.#usual[phase] = Math.min(MOST, Math.max(LEAST, spread > usual ? usual * STEP : usual / STEP))
  }

  /** The widest spread with which a quote sets the price, as a fraction of its mid. */
  widest(phase: number): number {
    return Math.max(NARROW, TIMES_USUAL * this.#in(phase))
  }

  toJSON(): StoredSpreads {
    return [...this.#usual]
  }

  #in(phase: number): number {
    return this.#usual[phase] ?? LEAST
  }
}
