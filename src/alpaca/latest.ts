import type { BarMessage, QuoteMessage, TradeMessage } from './messages.ts'
import { readBar, readQuote, readTrade } from './read-message.ts'
import { invalidResponse } from './transport.ts'
import { isWireObject, type WireObject } from './wire.ts'

/**
 * Feeds of the latest prices: `delayed_sip` is the consolidated tape 15 minutes late, which needs no paid
 * plan.
 */
export type LatestFeed = 'iex' | 'sip' | 'delayed_sip' | 'boats' | 'overnight' | 'otc'

/** The latest data of a symbol, in the shapes of the stream. A missing field means there was none. */
export interface Snapshot {
  readonly symbol: string
  readonly latestTrade?: TradeMessage
  readonly latestQuote?: QuoteMessage
  readonly minuteBar?: BarMessage
  /** Of today, or of the last day while the market is closed. */
  readonly dailyBar?: BarMessage
  readonly previousDailyBar?: BarMessage
}

/** Reads one symbol's data, which Alpaca sends without the symbol. */
type Read<T> = (raw: WireObject) => T | undefined

/** A minute bar, in the shape of the stream. */
export const latestBar: Read<BarMessage> = (raw) => readBar('bar', raw)
/** A quote, in the shape of the stream. */
export const latestQuote: Read<QuoteMessage> = readQuote
/** A trade, in the shape of the stream. */
export const latestTrade: Read<TradeMessage> = readTrade

/**
 * Reads `{ [key]: { SYMBOL: item } }`. Symbols without data are absent; an invalid item goes to `skipped`.
 */
export function readLatest<T>(
  json: unknown,
  key: 'bars' | 'quotes' | 'trades',
  read: Read<T>,
  skipped: (symbol: string) => void,
): ReadonlyMap<string, T> {
  const list = isWireObject(json) ? (json[key] ?? {}) : undefined
  if (!isWireObject(list)) throw invalidResponse(`${key} is no object`)
  const latest = new Map<string, T>()
  for (const [symbol, item] of Object.entries(list)) {
    const value = isWireObject(item) ? read({ ...item, S: symbol }) : undefined
    if (value === undefined) skipped(symbol)
    else latest.set(symbol, value)
  }
  return latest
}

/** Reads the bare map of snapshots; an invalid part is omitted and goes to `skipped`. */
export function readSnapshots(
  json: unknown,
  skipped: (symbol: string) => void,
): ReadonlyMap<string, Snapshot> {
  if (!isWireObject(json)) throw invalidResponse('the snapshots are no object')
  const snapshots = new Map<string, Snapshot>()
  for (const [symbol, raw] of Object.entries(json)) {
    if (isWireObject(raw))
      snapshots.set(
        symbol,
        readSnapshot(symbol, raw, () => skipped(symbol)),
      )
    else if (raw !== null) skipped(symbol)
  }
  return snapshots
}

function readSnapshot(symbol: string, raw: WireObject, skipped: () => void): Snapshot {
  const part = <T>(value: unknown, read: Read<T>): T | undefined => {
    if (value === undefined || value === null) return undefined
    const found = isWireObject(value) ? read({ ...value, S: symbol }) : undefined
    if (found === undefined) skipped()
    return found
  }
  const trade = part(raw['latestTrade'], readTrade)
  const quote = part(raw['latestQuote'], readQuote)
  const minute = part(raw['minuteBar'], latestBar)
  const day = part(raw['dailyBar'], (bar) => readBar('dailyBar', bar))
  const previous = part(raw['prevDailyBar'], (bar) => readBar('dailyBar', bar))
  return {
    symbol,
    ...(trade && { latestTrade: trade }),
    ...(quote && { latestQuote: quote }),
    ...(minute && { minuteBar: minute }),
    ...(day && { dailyBar: day }),
    ...(previous && { previousDailyBar: previous }),
  }
}
