import { CHANNELS, type ChannelLists, type StreamFeed } from '#alpaca'

/** Most trade and quote subscriptions on Alpaca's free plan. Source: Alpaca's plan table, 2026. */
export const FREE_PLAN_LIMIT = 30

/**
 * Channels to subscribe to for a watchlist. Trades are left out if they and the quotes would exceed the
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

/** The subscriptions in `before` that are not in `after`. */
export function withoutThose(before: ChannelLists, after: ChannelLists): ChannelLists {
  const left = CHANNELS.map((channel) => {
    const kept = new Set(after[channel])
    return [channel, (before[channel] ?? []).filter((symbol) => !kept.has(symbol))] as const
  })
  return Object.fromEntries(left.filter(([, symbols]) => symbols.length > 0))
}
