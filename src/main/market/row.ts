import type { Bar, MarketRow, Sparkline } from '#shared/market'
import type { Freshness } from '#shared/provenance'
import type { StockSymbol } from '#shared/units'
import type { BarMessage, TradeMessage } from '#alpaca'
import type { DayView } from './day.ts'
import { ATR_BARS, averageTrueRange } from './average-true-range.ts'
import { currentPrice, currentQuote, lastTraded } from './price.ts'
import { priceText, signedText } from './price-text.ts'
import { Exact, quoteProblem, spread } from './quote.ts'
import { splitAdjusted, splitAdjustedBar, splitAdjustedTrade } from './splits.ts'
import type { SymbolView } from './symbol-state.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * Everything the grid shows for one symbol. Calculated with Decimals, once per row: about 20 microseconds.
 */
export function marketRow(
  symbol: StockSymbol,
  view: SymbolView,
  day: DayView,
  freshness: Freshness,
): MarketRow {
  const row: Writable<MarketRow> = { symbol, freshness }
  addQuote(row, view)
  addDay(row, day)
  const current = currentPrice(view)
  if (current !== undefined) {
    row.price = priceText(current.price)
    row.basis = current.basis
    row.origin = current.origin
  }
  const last = lastTraded(view)
  if (last !== undefined) row.last = priceText(last.price)
  if (view.trade !== undefined)
    row.lastTrade = toLastTrade(splitAdjustedTrade(view.trade.message, view.splits))
  const bar = view.bars.newest
  if (bar !== undefined) {
    row.bar = toBar(splitAdjustedBar(bar.message, view.splits))
    if (bar.message.type === 'updatedBar') row.barCorrected = true
  }
  if (view.halt !== undefined) row.halt = view.halt
  addChange(row, day)
  return row
}

/** A bar in the form for a window or the history. */
export function toBar({ at, open, high, low, close, volume, vwap, tradeCount }: BarMessage): Bar {
  return {
    at,
    open: priceText(open),
    high: priceText(high),
    low: priceText(low),
    close: priceText(close),
    volume,
    ...(vwap !== undefined && { vwap: priceText(vwap) }),
    ...(tradeCount !== undefined && { tradeCount }),
  }
}

/** The last 60 closes of a symbol, and how far it usually moves in a minute. */
export function toSparkline(
  symbol: StockSymbol,
  { bars, splits }: SymbolView,
  { previousClose }: DayView,
): Sparkline {
  const atr = averageTrueRange(
    bars.latest(ATR_BARS + 1).map(({ message }) => splitAdjustedBar(message, splits)),
  )
  return {
    symbol,
    ...(atr && { atr: priceText(atr) }),
    closes: bars.latest(60).map(({ message: { at, close } }) => ({
      at,
      close: priceText(splitAdjusted(close, at, splits)),
    })),
    ...(previousClose !== undefined && { previousClose: priceText(previousClose.close) }),
  }
}

function addQuote(row: Writable<MarketRow>, view: SymbolView): void {
  const quote = currentQuote(view)
  if (quote === undefined) return
  const { bid, bidSize, ask, askSize } = quote.message
  if (bid > 0) {
    row.bid = priceText(bid)
    row.bidSize = bidSize
  }
  if (ask > 0) {
    row.ask = priceText(ask)
    row.askSize = askSize
  }
  const difference = spread(quote.message)
  if (difference !== undefined) row.spread = priceText(difference)
  const problem = quoteProblem(quote.message, view.widestSpread)
  if (problem !== undefined) row.quoteProblem = problem
}

function addDay(row: Writable<MarketRow>, { today, previousClose }: DayView): void {
  if (today !== undefined) {
    const { open, high, low, volume } = today.bar.message
    row.dayOpen = priceText(open)
    row.dayHigh = priceText(high)
    row.dayLow = priceText(low)
    row.dayVolume = volume
  }
  if (previousClose === undefined) return
  row.previousClose = priceText(previousClose.close)
  row.previousCloseOf = previousClose.of
}

function addChange(row: Writable<MarketRow>, { previousClose }: DayView): void {
  const last = row.last ?? row.price
  if (previousClose === undefined || last === undefined) return
  const base = new Exact(previousClose.close)
  const change = new Exact(last).minus(base)
  row.change = signedText(change)
  if (!base.isZero()) row.changePercent = signedText(change.div(base).times(100).toDecimalPlaces(2))
}

const toLastTrade = ({ price, size, at }: TradeMessage): NonNullable<MarketRow['lastTrade']> => ({
  price: priceText(price),
  size,
  at,
})
