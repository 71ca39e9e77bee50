import type { StateReader, StateWriter } from '../kernel.ts'

/** The last values of a series, up to a fixed number. */
export class Ring {
  readonly size: number
  readonly #values: Float64Array
  #count = 0
  /** Where the next value goes. */
  #next = 0

  constructor(size: number) {
    this.size = size
    this.#values = new Float64Array(size)
  }

  /** How many values it has taken altogether. */
  get count(): number {
    return this.#count
  }

  get isFull(): boolean {
    return this.#count >= this.size
  }

  /** The oldest value it holds; NaN until it is full. */
  get oldest(): number {
    return this.isFull ? (this.#values[this.#next] ?? NaN) : NaN
  }

  /** The value that came `ago` values before the newest; NaN if it holds none. */
  ago(ago: number): number {
    if (ago >= Math.min(this.#count, this.size)) return NaN
    const at = this.#next - 1 - ago
    return this.#values[at < 0 ? at + this.size : at] ?? NaN
  }

  take(value: number): void {
    this.#values[this.#next] = value
    this.#next = this.#next + 1 === this.size ? 0 : this.#next + 1
    this.#count += 1
  }

  save(state: StateWriter): void {
    state.write(this.#count, this.#next, ...this.#values)
  }

  load(state: StateReader): void {
    this.#count = state.read()
    this.#next = state.read()
    for (let at = 0; at < this.size; at += 1) this.#values[at] = state.read()
  }
}
