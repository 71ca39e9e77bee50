import type { StateReader, StateWriter } from '../kernel.ts'
import { DoubleDouble } from './double-double.ts'

/** Minutes of a regular session without an early close. */
export const WHOLE_SESSION = 390

const mean = new DoubleDouble()

/** The mean of the volume since the open at each minute of the last n days. */
export class UsualVolume {
  readonly #length: number
  /** Volume since the open by minute, of today and of the last days; the days are a ring. */
  readonly #today = new Float64Array(WHOLE_SESSION)
  readonly #days: Float64Array
  /** The sum over those days by minute. */
  readonly #sums = Array.from({ length: WHOLE_SESSION }, () => new DoubleDouble())
  /** How many days it has taken altogether. */
  #count = 0
  /** How many minutes of today are known. */
  #known = 0

  constructor(days: number) {
    this.#length = days
    this.#days = new Float64Array(days * WHOLE_SESSION)
  }

  /** Takes the volume of today until the end of that minute since the open, counted from 0. */
  take(minute: number, volume: number): void {
    this.#today.fill(this.#newest, this.#known, minute)
    this.#today[minute] = volume
    this.#known = minute + 1
  }

  /** Ends today, which counts among the last days or not. It does not if nothing was taken. */
  endDay(counts: boolean): void {
    if (counts && this.#known > 0) {
      this.#today.fill(this.#newest, this.#known)
      const first = (this.#count % this.#length) * WHOLE_SESSION
      const oldest = this.#days.subarray(first, first + WHOLE_SESSION)
      this.#sums.forEach((sum, minute) => sum.add(this.#today[minute] ?? NaN).add(-(oldest[minute] ?? NaN)))
      oldest.set(this.#today)
      this.#count += 1
    }
    this.#known = 0
  }

  /**
   * The mean at a minute, if today is one of the last days already (`withToday`) or not. NaN if there are not enough days. Changes
   * nothing.
   */
  mean(minute: number, withToday: boolean): number {
    const isWith = withToday && this.#known > 0
    const sum = this.#sums[minute]
    if (sum === undefined || this.#count + (isWith ? 1 : 0) < this.#length) return NaN
    mean.set(sum)
    if (isWith) {
      const oldest = this.#days[(this.#count % this.#length) * WHOLE_SESSION + minute] ?? NaN
      mean.add(minute < this.#known ? (this.#today[minute] ?? NaN) : this.#newest).add(-oldest)
    }
    return mean.value / this.#length
  }

  save(state: StateWriter): void {
    state.write(this.#count, this.#known, ...this.#today)
    for (const sum of this.#sums) sum.save(state)
    for (const volume of this.#days) state.write(volume)
  }

  load(state: StateReader): void {
    this.#count = state.read()
    this.#known = state.read()
    for (let minute = 0; minute < WHOLE_SESSION; minute += 1) this.#today[minute] = state.read()
    for (const sum of this.#sums) sum.load(state)
    for (let at = 0; at < this.#days.length; at += 1) this.#days[at] = state.read()
  }

  /** Volume of today as far as it is known. */
  get #newest(): number {
    return this.#known === 0 ? 0 : (this.#today[this.#known - 1] ?? NaN)
  }
}
