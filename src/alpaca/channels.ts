import type { WireObject } from './wire.ts'

/** Channels that can be asked for. Corrections and cancellations come with trades, unasked. */
export const CHANNELS = [
  'trades',
  'quotes',
  'bars',
  'updatedBars',
  'dailyBars',
  'statuses',
  'lulds',
  'imbalances',
] as const
/** One of {@link CHANNELS}. */
export type Channel = (typeof CHANNELS)[number]

/** Symbols by channel; `*` stands for all. A channel that is left out is empty. */
export type ChannelLists = { readonly [C in Channel]?: readonly string[] }

/** One symbol of one channel. Symbols hold no colon, so that this is one word. */
export type ChannelEntry = `${Channel}:${string}`

/** The channel lists of a server's answer; a missing list, or one that is no list, is empty. */
export function channelLists(raw: WireObject): ChannelLists {
  const lists: { [C in Channel]?: readonly string[] } = {}
  for (const channel of CHANNELS) {
    const list = raw[channel]
    if (Array.isArray(list)) lists[channel] = list.filter((symbol) => typeof symbol === 'string')
  }
  return lists
}

/** Every symbol of every channel, channels in their order, symbols as they come. */
export function entriesOf(lists: ChannelLists): ChannelEntry[] {
  return CHANNELS.flatMap((channel) =>
    (lists[channel] ?? []).map((symbol): ChannelEntry => `${channel}:${symbol}`),
  )
}

/** The way back from {@link entriesOf}; only channels that hold a symbol are named. */
export function listsOf(entries: Iterable<ChannelEntry>): ChannelLists {
  const all = [...entries]
  const lists: { [C in Channel]?: readonly string[] } = {}
  for (const channel of CHANNELS) {
    const symbols = all.filter((entry) => channelOf(entry) === channel).map(symbolOf)
    if (symbols.length > 0) lists[channel] = symbols
  }
  return lists
}

/** The channel of an entry. */
export const channelOf = (entry: ChannelEntry): string => entry.slice(0, entry.indexOf(':'))

/** The symbol of an entry. */
export const symbolOf = (entry: ChannelEntry): string => entry.slice(entry.indexOf(':') + 1)
