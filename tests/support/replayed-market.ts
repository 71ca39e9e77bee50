import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { MINUTE_MS } from '#shared/time'
import type { BarMessage, MarketDataMessage } from '#alpaca'

/** Real minute bars of five sessions, see the README beside them. */
const DATA = join(import.meta.dirname, '../../../shared/data/minute-bars')

/** The available days, all of 390 minutes. */
export const REPLAYED_DAYS = ['2019-02-11', '2019-02-12', '2019-02-13', '2019-02-14', '2019-02-15'] as const

/** A watchlist of busy symbols and one thinly traded fund. */
export const REPLAYED_SYMBOLS = 'AAPL AMZN GLD JPM MSFT MU QQQ SPY TSLA UGA V VOO'.split(' ')

interface MinuteBar {
  readonly at: number
  readonly close: number
  readonly volume: number
}

/** A symbol's minute bars on a day, from the consolidated tape. */
export function minuteBars(symbol: string, day: string): readonly MinuteBar[] {
  const text = gunzipSync(readFileSync(join(DATA, `${symbol}-20190211-20190215.csv.gz`))).toString()
  return text
    .split('\n')
    .filter((line) => line.includes(`,${day}T`))
    .map((line) => {
      const [, time = '', , , , close = '', volume = ''] = line.split(',')
      return { at: Date.parse(time), close: Number(close), volume: Number(volume) }
    })
}

/** IEX has about this share of the volume, in trades of this many shares. */
const IEX_SHARE = 0.02
const SHARES_A_TRADE = 150
/** Quotes change more often than trades occur, and now and then without any trade. */
const QUOTE_BURSTS_A_TRADE = 2
const IDLE_QUOTE_BURSTS_A_MINUTE = 0.1
/** Activity rises and falls in blocks of this length, for the whole market and for each symbol. */
const BLOCK_MS = 10_000

/**
 * What IEX's stream might have sent on that day. The volumes are real, minute by minute; the times within the
 * minute are random, the same in every run: thinned to IEX's share, in bursts, with lulls that all symbols
 * share.
 */
export function replayedStream(symbols: readonly string[], day: string): readonly MarketDataMessage[] {
  const tide = tides(random(`tide ${day}`), 4)
  return symbols
    .flatMap((symbol) => streamOf(symbol, day, tide))
    .sort((one, other) => arrivalOf(one) - arrivalOf(other))
}

/** When a replayed message arrives: bars a second after their minute, everything else immediately. */
export const arrivalOf = ({ type, at }: MarketDataMessage): number =>
  type === 'bar' ? at + MINUTE_MS + 1_000 : at

function streamOf(symbol: string, day: string, tide: (at: number) => number): readonly MarketDataMessage[] {
  const draw = random(`${symbol} ${day}`)
  const ownTide = tides(draw, 2)
  const messages: MarketDataMessage[] = []
  for (const bar of minuteBars(symbol, day)) {
    const trades = (bar.volume * IEX_SHARE) / SHARES_A_TRADE
    let traded = 0
    for (let block = bar.at; block < bar.at + MINUTE_MS; block += BLOCK_MS) {
      const activity = (tide(block) * ownTide(block) * BLOCK_MS) / MINUTE_MS
      const tradesHere = poisson(draw, trades * activity)
      const bursts = poisson(draw, (QUOTE_BURSTS_A_TRADE * trades + IDLE_QUOTE_BURSTS_A_MINUTE) * activity)
      for (let trade = 0; trade < tradesHere; trade++)
        messages.push(tradeAt(symbol, block + draw() * BLOCK_MS, bar.close))
      for (let burst = 0; burst < bursts; burst++)
        messages.push(...quoteBurst(symbol, block + draw() * BLOCK_MS, bar.close, draw))
      traded += tradesHere
    }
    if (traded > 0) messages.push(barAt(symbol, bar, traded))
  }
  return messages
}

function* quoteBurst(
  symbol: string,
  from: number,
  price: number,
  draw: () => number,
): Generator<MarketDataMessage> {
  for (let at = from; ; at += draw() * 300) {
    const bid = Math.round((price - draw() * 0.05) * 100) / 100
    const stamp = stampAt(at)
    yield { type: 'quote', symbol, ...stamp, bid, bidSize: 100, ask: bid + 0.02, askSize: 200 }
    if (draw() < 0.4) return
  }
}

const tradeAt = (symbol: string, at: number, price: number): MarketDataMessage => ({
  type: 'trade',
  symbol,
  ...stampAt(at),
  id: String(Math.floor(at)),
  price,
  size: SHARES_A_TRADE,
  exchange: 'V',
  conditions: ['@'],
})

const barAt = (symbol: string, { at, close }: MinuteBar, tradeCount: number): BarMessage => ({
  type: 'bar',
  symbol,
  ...stampAt(at),
  open: close,
  high: close,
  low: close,
  close,
  volume: tradeCount * SHARES_A_TRADE,
  tradeCount,
})

/** Whole milliseconds order the replay well enough; making the text would take half of its time. */
const stampAt = (at: number): { readonly at: number; readonly time: string } => ({
  at: Math.floor(at),
  time: '',
})

/** Activity by block, gamma distributed around 1; a small `shape` makes deep lulls. */
function tides(draw: () => number, shape: number): (at: number) => number {
  const drawn = new Map<number, number>()
  return (at) => {
    const block = Math.floor(at / BLOCK_MS)
    const known = drawn.get(block) ?? gamma(draw, shape)
    drawn.set(block, known)
    return known
  }
}

/** A gamma distributed number with mean 1, for an integer shape. */
function gamma(draw: () => number, shape: number): number {
  let sum = 0
  for (let part = 0; part < shape; part++) sum -= Math.log(1 - draw())
  return sum / shape
}

function poisson(draw: () => number, mean: number): number {
  let count = 0
  for (let at = -Math.log(1 - draw()); at < mean; at -= Math.log(1 - draw())) count++
  return count
}

/** mulberry32, a small generator with good distribution, seeded by text. */
function random(seed: string): () => number {
  let state = 0
  for (const character of seed) state = (Math.imul(state, 31) + character.charCodeAt(0)) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
