import { BarCursor, BarSeries, MutableBar, type BarColumns, type SeriesBar } from './series.ts'
import { BarClock, type TimeframeOptions } from './timeframes.ts'

/** Minutes put together to one bar. */
class GrowingBar {
  readonly bar = new MutableBar()
  /** Shares of the minutes whose vwap is known. */
  #weighted = 0

  begin(start: number, minute: SeriesBar): void {
    const { bar } = this
    bar.minute = start
    bar.open = minute.open
    bar.high = minute.high
    bar.low = minute.low
    bar.volume = 0
    bar.vwap = NaN
    this.#weighted = 0
    this.include(minute)
  }

  include(minute: SeriesBar): void {
    const { bar } = this
    if (minute.high > bar.high) bar.high = minute.high
    if (minute.low < bar.low) bar.low = minute.low
    bar.close = minute.close
    bar.volume += minute.volume
    if (minute.volume > 0 && !Number.isNaN(minute.vwap)) this.#weigh(minute)
  }

  set(other: GrowingBar): void {
    this.bar.set(other.bar)
    this.#weighted = other.#weighted
  }

  /** The mean moves toward the minute's by its share: one minute alone, or minutes of one price, keep that price exactly. */
  #weigh({ volume, vwap }: SeriesBar): void {
    this.#weighted += volume
    const { bar } = this
    bar.vwap = this.#weighted === volume ? vwap : bar.vwap + (vwap - bar.vwap) * (volume / this.#weighted)
  }
}

/**
 * Bars of a timeframe from one-minute bars, one by one. The vwap is the mean of the minutes' vwap weighted by their volume, over the
 * minutes where it is known; NaN if it is known of none. However often minutes of the bar in progress are replaced, it is the same, bit
 * for bit, as if only their last form had come.
 */
export class BarBuilder {
  readonly #clock: BarClock
  readonly #current = new GrowingBar()
  /** The bar in progress without its newest minute, once that is replaced. */
  readonly #before = new GrowingBar()
  #hasBefore = false
  readonly #closed = new MutableBar()
  /** The minutes of the bar in progress, and room of earlier ones. */
  readonly #minutes: MutableBar[] = []
  #count = 0
  #newest = -Infinity
  #until = NaN
  #leftOut = 0
  #hasClosed = false

  constructor(options: TimeframeOptions) {
    this.#clock = new BarClock(options)
  }

  /** The bar in progress, as far as it has come. It is written over by what comes. */
  get current(): SeriesBar | undefined {
    return this.#count === 0 ? undefined : this.#current.bar
  }

  /** The minute at whose beginning {@link current} is closed, even if nothing trades any more; NaN if there is none. */
  get until(): number {
    return this.#until
  }

  /** The bar that was closed last. It is written over by what comes. */
  get closed(): SeriesBar | undefined {
    return this.#hasClosed ? this.#closed : undefined
  }

  /** How many minutes outside all sessions were left out. Those of extended hours that are not wanted are not counted. */
  get leftOut(): number {
    return this.#leftOut
  }

  /**
   * Takes the bar of a new minute: it opens a bar and thereby closes the one before, or changes the bar in progress, or is left out
   * because no bar contains it. Throws if it does not begin after all before it.
   */
  push(minute: SeriesBar): 'opened' | 'changed' | 'left-out' {
    if (!(minute.minute > this.#newest))
      throw new RangeError(`minute ${minute.minute} does not come after ${this.#newest}`)
    this.#newest = minute.minute
    if (!this.#clock.seek(minute.minute)) {
      if (this.#clock.isOutside(minute.minute)) this.#leftOut += 1
      return 'left-out'
    }
    if (this.#isInCurrent()) {
      this.#keep(minute)
      this.#current.include(minute)
      return 'changed'
    }
    this.#close()
    this.#keep(minute)
    this.#current.begin(this.#clock.start, minute)
    return 'opened'
  }

  /**
   * Replaces a minute of the bar in progress, mostly the newest, or adds one that was missing among them. Too late is a minute whose bar
   * is closed: that bar has to be built again from stored minutes. Throws if the minute begins after all before it.
   */
  replace(minute: SeriesBar): 'changed' | 'left-out' | 'too-late' {
    if (minute.minute > this.#newest)
      throw new RangeError(`minute ${minute.minute} comes after ${this.#newest}`)
    if (!this.#clock.seek(minute.minute)) return 'left-out'
    if (!this.#isInCurrent()) return 'too-late'
    const at = this.#placeOf(minute.minute)
    const known = at < this.#count ? this.#minutes[at] : undefined
    if (known?.minute === minute.minute) known.set(minute)
    else {
      this.#keep(minute)
      this.#minutes.splice(at, 0, ...this.#minutes.splice(this.#count - 1, 1))
    }
    if (at < this.#count - 1) this.#hasBefore = false
    this.#build()
    return 'changed'
  }

  /** Whether the bar to which the clock has moved is the one in progress. */
  #isInCurrent(): boolean {
    return this.#count > 0 && this.#clock.start === this.#current.bar.minute
  }

  #close(): void {
    if (this.#count > 0) this.#closed.set(this.#current.bar)
    this.#hasClosed = this.#count > 0
    this.#count = 0
    this.#until = this.#clock.until
  }

  #keep(minute: SeriesBar): void {
    const room = (this.#minutes[this.#count] ??= new MutableBar())
    room.set(minute)
    this.#count += 1
    this.#hasBefore = false
  }

  /** The bar in progress from its minutes. */
  #build(): void {
    const newest = this.#count - 1
    for (let at = this.#hasBefore ? newest : 0; at < newest; at += 1) this.#include(this.#before, at)
    this.#hasBefore = true
    this.#current.set(this.#before)
    this.#include(this.#current, newest)
  }

  #include(bar: GrowingBar, at: number): void {
    const minute = this.#minutes[at]
    if (minute === undefined) return
    if (at === 0) bar.begin(this.#clock.start, minute)
    else bar.include(minute)
  }

  /** Where among the minutes of the bar in progress this one belongs. */
  #placeOf(minute: number): number {
    let at = this.#count
    while (at > 0 && (this.#minutes[at - 1]?.minute ?? NaN) >= minute) at -= 1
    return at
  }
}

/** The bars of a timeframe from all minutes: {@link BarBuilder.push} in a loop. The last bar may be in progress. */
export function buildBars(
  minutes: BarColumns,
  options: TimeframeOptions,
): { readonly bars: BarColumns; readonly leftOut: number } {
  const builder = new BarBuilder(options)
  const series = new BarSeries()
  const minute = new BarCursor(minutes, 0)
  for (; minute.at < minutes.minute.length; minute.at += 1) {
    if (builder.push(minute) === 'opened' && builder.closed) series.push(builder.closed)
  }
  if (builder.current) series.push(builder.current)
  return { bars: series.columns, leftOut: builder.leftOut }
}
