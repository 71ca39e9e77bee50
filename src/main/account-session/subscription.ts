import { CHANNELS, type ChannelLists, type StreamFeed } from '#alpaca'

/** Trades and quotes count towards this on Alpaca's free plan. Source: Alpaca's plan table, 2026. */
export const FREE_PLAN_LIMIT = 30

/**
 * What is asked of the stream for a watch list. Trades are left out where quotes and trades together would break the
 * free plan's limit: quotes carry the price, trades only the last print.
 */
export function subscriptionFor(symbols: readonly string[], feed: StreamFeed): ChannelLists {
  const everything = feed !== 'iex' || symbols.length * 2 <= FREE_PLAN_LIMIT
  return {
    quotes: symbols,
    bars: symbols,
    updatedBars: symbols,
    dailyBars: symbols,
    statuses: symbols,
    ...(everything && { trades: symbols }),
  }
}

/** What `before` holds and `after` does not. */
export function withoutThose(before: ChannelLists, after: ChannelLists): ChannelLists {
  const left = CHANNELS.map((channel) => {
    const kept = new Set(after[channel])
    return [channel, (before[channel] ?? []).filter((symbol) => !kept.has(symbol))] as const
  })
  return Object.fromEntries(left.filter(([, symbols]) => symbols.length > 0))
}
