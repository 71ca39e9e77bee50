import * as z from 'zod'
import type { ExchangeCalendar } from '#shared/exchange-calendar'
import { StateReader, StateWriter, type Kernel } from './kernel.ts'
import { BarCursor, columnsFor, writeBar, type BarColumns, type SeriesBar } from './series.ts'

/**
 * An indicator at work on one series of bars. The newest bar may be replaced as often as it changes: the values are the same,
 * bit for bit, as if only its last form had ever been pushed. Chart, alert, live signal and backtest all run this class.
 */
export abstract class Indicator {
  /** One for each output of the descriptor, in its order, at the newest bar; NaN while warming up. */
  readonly values: Float64Array
  readonly #newest = new BarCursor(columnsFor(1), 0)
  #count = 0

  protected constructor(outputs: number) {
    this.values = new Float64Array(outputs).fill(NaN)
  }

  /** How many bars it has seen. */
  get count(): number {
    return this.#count
  }

  /** Adds a bar and leaves the values at it in {@link values}. The bar is copied. */
  push(bar: SeriesBar): void {
    if (this.#count > 0) this.take(this.#newest)
    this.#count += 1
    this.#show(bar)
  }

  /** Replaces the bar pushed last. Throws if there is none. */
  replace(bar: SeriesBar): void {
    if (this.#count === 0) throw new RangeError('no bar to replace')
    this.#show(bar)
  }

  /** Adds many bars; `at` is called at each, with its index, when the values are those at it. */
  run(bars: BarColumns, at: (index: number) => void): void {
    const count = bars.minute.length
    if (count === 0) return
    if (this.#count > 0) this.take(this.#newest)
    const [bar, before] = [new BarCursor(bars, 0), new BarCursor(bars, 0)]
    for (let index = 0; index < count; index += 1) {
      if (index > 0) {
        before.at = index - 1
        this.take(before)
      }
      bar.at = index
      this.show(bar)
      at(index)
    }
    this.#count += count
    writeBar(this.#newest.columns, 0, bar)
  }

  /** What it needs to go on later from here. */
  state(): Float64Array {
    const writer = new StateWriter()
    const { minute, open, high, low, close, volume, vwap } = this.#newest
    writer.write(this.#count, minute, open, high, low, close, volume, vwap)
    for (const kernel of this.kernels()) kernel.save(writer)
    return writer.state
  }

  /** Goes on from a state of an indicator with the same parameters. Throws a RangeError if it is of another shape. */
  restore(state: Float64Array): void {
    const reader = new StateReader(state)
    this.#count = reader.read()
    writeBar(this.#newest.columns, 0, {
      minute: reader.read(),
      open: reader.read(),
      high: reader.read(),
      low: reader.read(),
      close: reader.read(),
      volume: reader.read(),
      vwap: reader.read(),
    })
    for (const kernel of this.kernels()) kernel.load(reader)
    reader.end()
    if (this.#count > 0) this.show(this.#newest)
  }

  /** Writes into {@link values} what they are with `bar` as the newest. Changes nothing else. */
  protected abstract show(bar: SeriesBar): void
  /** Takes a bar for good. */
  protected abstract take(bar: SeriesBar): void
  /** Its parts that remember something. */
  protected abstract kernels(): readonly Pick<Kernel, 'save' | 'load'>[]

  #show(bar: SeriesBar): void {
    writeBar(this.#newest.columns, 0, bar)
    this.show(this.#newest)
  }
}

/** What a value of an indicator is. A direction is 1 while rising and -1 while falling: it colors a line and is none itself. */
export type OutputUnit = 'price' | 'percent' | 'shares' | 'index' | 'ratio' | 'direction'

/** A line that an indicator draws. */
export interface IndicatorOutput<Parameters extends z.ZodObject = z.ZodObject> {
  readonly id: string
  readonly name: string
  readonly unit: OutputUnit
  /**
   * How many bars to the right of its own bar a value is drawn; to the left if negative, at it if absent. The value of bar i belongs
   * to bar i + shift: an alert compares it with the price there.
   */
  readonly shift?: (parameters: z.output<Parameters>) => number
}

/** The longest window, bars. */
const LONGEST = 5_000

/** How many bars a window has. */
export const length = (usual: number, least = 1) => z.number().int().min(least).max(LONGEST).default(usual)

/** By how much a width or a distance is multiplied. */
export const multiplier = (usual: number) => z.number().min(0.1).max(50).default(usual)

/** Which price of a bar is taken. */
export const priceSource = z.enum(['close', 'open', 'high', 'low', 'hl2', 'hlc3', 'ohlc4']).default('close')
export type PriceSource = z.output<typeof priceSource>

/** Everything that menus, alerts, strategies and the docs need to know of an indicator. */
export interface IndicatorDescriptor<Parameters extends z.ZodObject = z.ZodObject> {
  /** Its name in settings and strategies; never changed. */
  readonly id: string
  /** As traders call it: `Relative strength index`. */
  readonly name: string
  /** As a chart's legend calls it: `RSI`. */
  readonly shortName: string
  /** Whether its lines belong over the price or into a pane below it. */
  readonly pane: 'price' | 'below'
  /** With limits and defaults. */
  readonly parameters: Parameters
  readonly outputs: readonly IndicatorOutput<Parameters>[]
  /** How it is calculated, in the notation of the docs. */
  readonly formula: string
  /** Where several ways are common: which one this is. Shown where the trader sets it. */
  readonly convention: string
  /** Who defined it. */
  readonly source: string
  /** How many bars it needs until every output has a value; undefined where that depends on sessions or on what was traded. */
  readonly barsNeeded: (parameters: z.output<Parameters>) => number | undefined
  /** The calendar is for those that go by sessions. */
  readonly create: (parameters: z.output<Parameters>, calendar: ExchangeCalendar) => Indicator
}

/** Declares an indicator, so that its parameters are known to its functions. */
export const describe = <Parameters extends z.ZodObject>(
  descriptor: IndicatorDescriptor<Parameters>,
): IndicatorDescriptor<Parameters> => descriptor

/** The values at each bar, one column for each output: {@link Indicator.push} in a loop. */
export function runIndicator(indicator: Indicator, bars: BarColumns): readonly Float64Array[] {
  const { values } = indicator
  const columns = Array.from(values, () => new Float64Array(bars.minute.length))
  indicator.run(bars, (index) => {
    for (let output = 0; output < columns.length; output += 1) {
      const column = columns[output]
      if (column) column[index] = values[output] ?? NaN
    }
  })
  return columns
}
