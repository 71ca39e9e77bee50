import type { Kernel, StateReader, StateWriter } from '../kernel.ts'
import type { SeriesBar } from '../series.ts'
import { WindowExtreme } from './window-extreme.ts'

/** The highest high and the lowest low of the last n bars. Itself it is the middle between them. */
export class PriceChannel implements Kernel<SeriesBar> {
  readonly #highest: WindowExtreme
  readonly #lowest: WindowExtreme

  constructor(length: number) {
    this.#highest = new WindowExtreme('highest', length)
    this.#lowest = new WindowExtreme('lowest', length)
  }

  peekUpper({ high }: SeriesBar): number {
    return this.#highest.peek(high)
  }

  peekLower({ low }: SeriesBar): number {
    return this.#lowest.peek(low)
  }

  peek(bar: SeriesBar): number {
    return (this.peekUpper(bar) + this.peekLower(bar)) / 2
  }

  take({ high, low }: SeriesBar): void {
    this.#highest.take(high)
    this.#lowest.take(low)
  }

  save(state: StateWriter): void {
    this.#highest.save(state)
    this.#lowest.save(state)
  }

  load(state: StateReader): void {
    this.#highest.load(state)
    this.#lowest.load(state)
  }
}
