/**
 * A part of an indicator: a running figure over the values it has taken so far. It is asked what it would be with one
 * more value (`peek`), any number of times, and takes a value for good (`take`). Both cost the same at any length.
 * While it has too few values it is NaN.
 */
export interface Kernel<Value = number> {
  /** What it is with `value` as the newest; changes nothing. */
  peek(value: Value): number
  /** Takes the value for good. */
  take(value: Value): void
  /** Writes what it needs to go on later. */
  save(state: StateWriter): void
  /** Goes on from what {@link save} wrote. */
  load(state: StateReader): void
}

/** What of an indicator is kept over a restart, as numbers in a fixed order. */
export class StateWriter {
  readonly #numbers: number[] = []

  write(...numbers: readonly number[]): void {
    for (const number of numbers) this.#numbers.push(number)
  }

  get state(): Float64Array {
    return Float64Array.from(this.#numbers)
  }
}

/** Reads numbers in the order in which they were written. */
export class StateReader {
  readonly #state: Float64Array
  #at = 0

  constructor(state: Float64Array) {
    this.#state = state
  }

  /** The next number; throws a RangeError if there are no more. */
  read(): number {
    const number = this.#state[this.#at]
    if (number === undefined) throw new RangeError('the state of the indicator is too short')
    this.#at += 1
    return number
  }

  /** Throws a RangeError if not all of it was read. */
  end(): void {
    if (this.#at !== this.#state.length) throw new RangeError('the state of the indicator is too long')
  }
}
