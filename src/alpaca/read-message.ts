import { readBarValues } from './bar.ts'
import type { BarMessage, MarketDataMessage, QuoteMessage, TradeMessage } from './messages.ts'
import { RARE_MESSAGES } from './rare-messages.ts'
import { readTime } from './time.ts'
import {
  conditionCodes,
  isCount,
  isPrice,
  isQuotePrice,
  isSymbol,
  textOrEmpty,
  tradeId,
  type MalformedKind,
  type WireObject,
} from './wire.ts'

/**
 * Reads one data message by its `T`, or returns what is wrong with it. The letters mean different things in
 * each type (`c` is a close in bars, conditions in trades), so nothing is read before the type is known.
 * Source: Alpaca API, "Real-time stock data".
 */
export function readMessage(raw: WireObject): MarketDataMessage | MalformedKind {
  switch (raw['T']) {
    case 'q':
      return readQuote(raw) ?? 'quote'
    case 't':
      return readTrade(raw) ?? 'trade'
    case 'b':
      return readBar('bar', raw) ?? 'bar'
    case 'u':
      return readBar('updatedBar', raw) ?? 'bar'
    case 'd':
      return readBar('dailyBar', raw) ?? 'bar'
    default:
      return readRare(raw)
  }
}

/**
 * Reads a quote. Written by hand, because nearly all messages are quotes and a schema would halve their rate;
 * the test compares it with its schema on random input. Sizes are shares since 2025-11-03.
 */
export function readQuote({ S, bp, bs, ap, as, t }: WireObject): QuoteMessage | undefined {
  if (!isSymbol(S) || !isQuotePrice(bp) || !isCount(bs) || !isQuotePrice(ap) || !isCount(as)) return undefined
  if (typeof t !== 'string') return undefined
  const at = readTime(t)
  if (at === undefined) return undefined
  return { type: 'quote', symbol: S, bid: bp, bidSize: bs, ask: ap, askSize: as, time: t, at }
}

/** Reads a trade, by hand for the same reason. */
export function readTrade({ S, i, p, s, x, c, t }: WireObject): TradeMessage | undefined {
  if (!isSymbol(S) || !isPrice(p) || !isCount(s) || s === 0 || typeof t !== 'string') return undefined
  const at = readTime(t)
  if (at === undefined) return undefined
  return {
    type: 'trade',
    symbol: S,
    id: tradeId(i),
    price: p,
    size: s,
    exchange: textOrEmpty(x),
    conditions: conditionCodes(c),
    time: t,
    at,
  }
}

/** Reads a bar of the stream: any bar's values, with its symbol and type. */
export function readBar(type: BarMessage['type'], raw: WireObject): BarMessage | undefined {
  const { S, t } = raw
  const bar = readBarValues(raw)
  if (typeof bar === 'string' || !isSymbol(S) || typeof t !== 'string') return undefined
  const { vwap, tradeCount, ...values } = bar
  return {
    type,
    symbol: S,
    ...values,
    ...(vwap !== undefined && { vwap }),
    ...(tradeCount !== undefined && { tradeCount }),
    time: t,
  }
}

function readRare(raw: WireObject): MarketDataMessage | MalformedKind {
  const rare = RARE_MESSAGES.find(({ T }) => T === raw['T'])
  if (!rare) return 'unknown-type'
  const read = rare.schema.safeParse(raw)
  return read.success ? read.data : rare.kind
}
