import type { StateReader, StateWriter } from '../kernel.ts'
import type { SeriesBar } from '../series.ts'

/** First open, highest high, lowest low and last close of the bars taken since it was cleared; NaN while there are none. */
export class PriceRange {
  open = NaN
  high = NaN
  low = NaN
  close = NaN

  get isEmpty(): boolean {
    return Number.isNaN(this.close)
  }

  clear(): void {
    this.open = NaN
    this.high = NaN
    this.low = NaN
    this.close = NaN
  }

  take({ open, high, low, close }: SeriesBar): void {
    const isFirst = this.isEmpty
    if (isFirst) this.open = open
    if (isFirst || high > this.high) this.high = high
    if (isFirst || low < this.low) this.low = low
    this.close = close
  }

  set(other: PriceRange): void {
    this.open = other.open
    this.high = other.high
    this.low = other.low
    this.close = other.close
  }

  save(state: StateWriter): void {
    state.write(this.open, this.high, this.low, this.close)
  }

  load(state: StateReader): void {
    this.open = state.read()
    this.high = state.read()
    this.low = state.read()
    this.close = state.read()
  }
}
