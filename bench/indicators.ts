/**
 * What each indicator costs a bar, with windows of 20 and of 1,000 bars where they are its to choose. The raw limit is an
 * indicator that only hands on the close.
 */
import {
  columnsFor,
  Indicator,
  INDICATORS,
  runIndicator,
  type BarColumns,
  type IndicatorDescriptor,
  type SeriesBar,
} from '../src/analysis/index.ts'
import { nyse } from '../src/shared/exchange-calendar.ts'
import { MINUTE_MS } from '../src/shared/time.ts'
import { median, type Measurement } from './report.ts'
import { sessionBars } from './support/bars.ts'

const ROUNDS = 5
const BUDGET_NS = 50
/** How much more a window of 1,000 bars may cost than one of 20. */
const MOST = 1.5

export function benchIndicators(): Promise<readonly Measurement[]> {
  const bars = columnsOf(sessionBars('2023-01-01', '2026-01-01'))
  const raw = nsPerBar(() => new Close(), bars)
  const rows = INDICATORS.map((descriptor) => {
    const { short, long } = windowsOf(descriptor)
    const ours = nsPerBar(() => descriptor.create(short, nyse), bars)
    const factor = long ? nsPerBar(() => descriptor.create(long, nyse), bars) / ours : 1
    return {
      name: `${descriptor.shortName}, a bar${long ? ` (with 1,000 instead of 20 bars ${factor.toFixed(2)} times)` : ''}`,
      unit: 'ns',
      raw,
      ours,
      budget: `at most ${BUDGET_NS} ns, and ${MOST} times at 1,000`,
      kept: ours <= BUDGET_NS && factor <= MOST,
    }
  })
  return Promise.resolve(rows)
}

class Close extends Indicator {
  constructor() {
    super(1)
  }
  protected show({ close }: SeriesBar): void {
    this.values[0] = close
  }
  protected take(): void {}
  protected kernels(): readonly [] {
    return []
  }
}

/** The parameters with a window of 20, and of 1,000 bars if it has one. */
function windowsOf({ parameters }: IndicatorDescriptor) {
  const usual = parameters.parse({})
  const short = parameters.safeParse({ ...usual, length: 20 })
  const long = parameters.safeParse({ ...usual, length: 1_000 })
  return 'length' in usual && short.success && long.success
    ? { short: short.data, long: long.data }
    : { short: usual, long: undefined }
}

/** Median time of a bar over some rounds, each over all bars. */
function nsPerBar(create: () => Indicator, bars: BarColumns): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const indicator = create()
    const start = performance.now()
    runIndicator(indicator, bars)
    return ((performance.now() - start) * 1e6) / bars.minute.length
  })
  return median(times)
}

function columnsOf(bars: ReturnType<typeof sessionBars>): BarColumns {
  const columns = columnsFor(bars.length)
  const price = (scaled: number) => scaled / 10_000
  bars.forEach((bar, at) => {
    columns.minute[at] = bar.at / MINUTE_MS
    columns.open[at] = price(bar.open)
    columns.high[at] = price(bar.high)
    columns.low[at] = price(bar.low)
    columns.close[at] = price(bar.close)
    columns.volume[at] = bar.volume
    columns.vwap[at] = (bar.high + bar.low) / 2 / 10_000
  })
  return columns
}
