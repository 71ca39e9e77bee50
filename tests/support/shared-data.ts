import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { readBarText, type StoredBar } from '../../src/storage/bars/index.ts'
import { toPrice } from '../../src/shared/units.ts'

const DATA = new URL('../../../shared/data/', import.meta.url)

/** Why tests cannot use the real bars; undefined if they are available. */
export const whyNoData = existsSync(DATA) ? undefined : 'the market data beside the repository is not here'

/** The symbols with real minute bars, 2019-02-11 to 15. */
export const MINUTE_SYMBOLS = [
  'SPY',
  'AAPL',
  'QQQ',
  'MSFT',
  'AMZN',
  'TSLA',
  'JPM',
  'V',
  'MU',
  'GLD',
  'VOO',
  'UGA',
] as const

/** Real minute bars of one symbol, oldest first. */
export function realMinuteBars(symbol: string): readonly StoredBar[] {
  const file = new URL(`minute-bars/${symbol}-20190211-20190215.csv.gz`, DATA)
  const [, ...lines] = gunzipSync(readFileSync(file)).toString().trim().split('\n')
  return lines.map((line) => {
    const [, time = '', ...values] = line.split(',')
    const [open, high, low, close] = values.slice(0, 4).map((text) => toPrice(Number(text)))
    const bar = readBarText({
      at: Date.parse(time),
      open: open!,
      high: high!,
      low: low!,
      close: close!,
      volume: Number(values[4]),
    })
    if (typeof bar === 'string') throw new Error(`${symbol} ${line}: ${bar}`)
    return bar
  })
}
