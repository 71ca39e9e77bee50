/**
 * One bar of any timeframe as figures: US dollars a share, shares. Analysis calculates with floats, whose results are
 * figures and never money.
 */
export interface SeriesBar {
  /** Where it begins, minutes since the epoch, UTC. */
  readonly minute: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  /** Shares. */
  readonly volume: number
  /** Volume-weighted average price of the bar; NaN where it is not known. */
  readonly vwap: number
}

/** Bars as columns, oldest first: entry i of each column belongs to bar i. They cross processes as such. */
export interface BarColumns {
  readonly minute: Int32Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  readonly vwap: Float64Array
}

const FIGURES = ['open', 'high', 'low', 'close', 'volume', 'vwap'] as const

/** Room of a new series, bars; it doubles whenever it is full. */
const FIRST_ROOM = 512

/** A growing series of bars in columns. Its last bar may still change; all before it are closed. */
export class BarSeries {
  #columns: BarColumns = columnsFor(FIRST_ROOM)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The bars as columns of exactly this length. They share the series' memory: a later bar may change the last one. */
  get columns(): BarColumns {
    return cut(this.#columns, 0, this.#length)
  }

  /** The bar that came last. */
  get last(): SeriesBar | undefined {
    return this.#length === 0 ? undefined : barAt(this.#columns, this.#length - 1)
  }

  /** Adds a bar. Throws if it does not begin after the last one. */
  push(bar: SeriesBar): void {
    this.#expectAfterLast(bar.minute)
    if (this.#length === this.#columns.minute.length) this.#grow(this.#length * 2)
    writeBar(this.#columns, this.#length, bar)
    this.#length += 1
  }

  /** Adds many bars. Throws if they do not begin after the last one. */
  append(bars: BarColumns): void {
    const [count, first] = [bars.minute.length, bars.minute[0]]
    if (first === undefined) return
    this.#expectAfterLast(first)
    const needed = this.#length + count
    if (needed > this.#columns.minute.length) this.#grow(Math.max(needed, this.#columns.minute.length * 2))
    copy(bars, this.#columns, this.#length)
    this.#length = needed
  }

  /** Replaces the last bar, which is still in progress or was corrected. Throws if there is none at that minute. */
  replace(bar: SeriesBar): void {
    const last = this.last
    if (last?.minute !== bar.minute) throw new RangeError(`bar ${bar.minute} is not the last one`)
    writeBar(this.#columns, this.#length - 1, bar)
  }

  #expectAfterLast(minute: number): void {
    const before = this.#length === 0 ? -Infinity : (this.#columns.minute[this.#length - 1] ?? 0)
    if (!(minute > before)) throw new RangeError(`bar ${minute} does not begin after ${before}`)
  }

  #grow(room: number): void {
    const grown = columnsFor(room)
    copy(cut(this.#columns, 0, this.#length), grown, 0)
    this.#columns = grown
  }
}

/** Columns with room for this many bars. */
export const columnsFor = (room: number): BarColumns => ({
  minute: new Int32Array(room),
  open: new Float64Array(room),
  high: new Float64Array(room),
  low: new Float64Array(room),
  close: new Float64Array(room),
  volume: new Float64Array(room),
  vwap: new Float64Array(room),
})

/** The bars with from <= index < until. They share the memory of the columns. */
export const cut = (columns: BarColumns, from: number, until: number): BarColumns => ({
  minute: columns.minute.subarray(from, until),
  open: columns.open.subarray(from, until),
  high: columns.high.subarray(from, until),
  low: columns.low.subarray(from, until),
  close: columns.close.subarray(from, until),
  volume: columns.volume.subarray(from, until),
  vwap: columns.vwap.subarray(from, until),
})

/**
 * A bar of its own that is written over again and again, so that long runs make no garbage. It is a class because V8 writes to the
 * fields of an object literal ten times slower.
 */
export class MutableBar implements SeriesBar {
  minute = NaN
  open = NaN
  high = NaN
  low = NaN
  close = NaN
  volume = NaN
  vwap = NaN

  set(other: SeriesBar): this {
    this.minute = other.minute
    this.open = other.open
    this.high = other.high
    this.low = other.low
    this.close = other.close
    this.volume = other.volume
    this.vwap = other.vwap
    return this
  }
}

/** A bar of columns, read where it stands: moving `at` makes it another bar, at no cost. */
export class BarCursor implements SeriesBar {
  readonly columns: BarColumns
  at: number

  constructor(columns: BarColumns, at: number) {
    this.columns = columns
    this.at = at
  }

  get minute(): number {
    return this.columns.minute[this.at] ?? NaN
  }
  get open(): number {
    return this.columns.open[this.at] ?? NaN
  }
  get high(): number {
    return this.columns.high[this.at] ?? NaN
  }
  get low(): number {
    return this.columns.low[this.at] ?? NaN
  }
  get close(): number {
    return this.columns.close[this.at] ?? NaN
  }
  get volume(): number {
    return this.columns.volume[this.at] ?? NaN
  }
  get vwap(): number {
    return this.columns.vwap[this.at] ?? NaN
  }
}

/** A copy of bar `at` of the columns; throws a RangeError if there is none. */
export function barAt(columns: BarColumns, at: number): SeriesBar {
  if (!(at >= 0 && at < columns.minute.length)) throw new RangeError(`no bar ${at}`)
  const { minute, open, high, low, close, volume, vwap } = new BarCursor(columns, at)
  return { minute, open, high, low, close, volume, vwap }
}

/** Writes a bar over bar `at` of the columns. */
export function writeBar(columns: BarColumns, at: number, bar: SeriesBar): void {
  columns.minute[at] = bar.minute
  columns.open[at] = bar.open
  columns.high[at] = bar.high
  columns.low[at] = bar.low
  columns.close[at] = bar.close
  columns.volume[at] = bar.volume
  columns.vwap[at] = bar.vwap
}

function copy(from: BarColumns, into: BarColumns, at: number): void {
  into.minute.set(from.minute, at)
  for (const name of FIGURES) into[name].set(from[name], at)
}
