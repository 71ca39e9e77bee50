import type { Kernel, StateReader, StateWriter } from '../kernel.ts'

/**
 * The highest or the lowest of the last n values. It keeps only those that can still become it: each value enters and leaves
 * once. Source: D. Lemire, "Streaming maximum-minimum filter using no more than three comparisons per element", 2006.
 */
export class WindowExtreme implements Kernel {
  readonly #length: number
  /** 1 for the highest, -1 for the lowest. */
  readonly #sign: 1 | -1
  /** Candidates in a ring, the extreme first: each with the sign, so that the highest counts, and when it came. */
  readonly #ranks: Float64Array
  readonly #came: Float64Array
  #first = 0
  #size = 0
  #count = 0
  /** The rank of the first candidate. */
  #best = -Infinity

  constructor(kind: 'highest' | 'lowest', length: number) {
    this.#length = length
    this.#sign = kind === 'highest' ? 1 : -1
    this.#ranks = new Float64Array(length)
    this.#came = new Float64Array(length)
  }

  peek(value: number): number {
    if (this.#count < this.#length - 1) return NaN
    return this.#sign * value >= this.#best ? value : this.#sign * this.#best
  }

  /** How many values ago the extreme came, 0 for the newest, if `value` is the newest; of equals the newest counts. */
  peekAge(value: number): number {
    if (this.#count < this.#length - 1) return NaN
    return this.#sign * value >= this.#best ? 0 : this.#count - (this.#came[this.#first] ?? NaN)
  }

  take(value: number): void {
    const rank = this.#sign * value
    while (this.#size > 0 && (this.#ranks[this.#at(this.#size - 1)] ?? NaN) <= rank) this.#size -= 1
    const at = this.#at(this.#size)
    this.#ranks[at] = rank
    this.#came[at] = this.#count
    this.#size += 1
    this.#count += 1
    this.#dropGone()
  }

  save(state: StateWriter): void {
    state.write(this.#count, this.#size)
    for (let index = 0; index < this.#length; index += 1)
      state.write(this.#ranks[this.#at(index)] ?? NaN, this.#came[this.#at(index)] ?? NaN)
  }

  load(state: StateReader): void {
    this.#count = state.read()
    this.#size = state.read()
    this.#first = 0
    for (let index = 0; index < this.#length; index += 1) {
      this.#ranks[index] = state.read()
      this.#came[index] = state.read()
    }
    this.#dropGone()
  }

  /** Drops the first candidate if the window with the coming value no longer reaches it. */
  #dropGone(): void {
    if (this.#size > 0 && (this.#came[this.#first] ?? NaN) <= this.#count - this.#length) {
      this.#first = this.#at(1)
      this.#size -= 1
    }
    this.#best = this.#size > 0 ? (this.#ranks[this.#first] ?? NaN) : -Infinity
  }

  #at(index: number): number {
    const at = this.#first + index
    return at >= this.#length ? at - this.#length : at
  }
}
