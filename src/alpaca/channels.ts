import type { WireObject } from './wire.ts'

/** Channels that can be subscribed to. Corrections and cancellations come with trades automatically. */
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

/** Symbols by channel; `*` means all. A missing channel is empty. */
export type ChannelLists = { readonly [C in Channel]?: readonly string[] }

/** One symbol of one channel. Symbols contain no colon, so this is unambiguous. */
export type ChannelEntry = `${Channel}:${string}`

/** The channel lists in a server's answer; a missing or invalid list is empty. */
export function channelLists(raw: WireObject): ChannelLists {
  const lists: { [C in Channel]?: readonly string[] } = {}
  for (const channel of CHANNELS) {
    const list = raw[channel]
    if (Array.isArray(list)) lists[channel] = list.filter((symbol) => typeof symbol === 'string')
  }
  return lists
}

/** Every symbol of every channel, channels in their order, symbols as given. */
export function entriesOf(lists: ChannelLists): ChannelEntry[] {
  return CHANNELS.flatMap((channel) =>
    (lists[channel] ?? []).map((symbol): ChannelEntry => `${channel}:${symbol}`),
  )
}

/** The inverse of {@link entriesOf}; only channels with a symbol are included. */
export function listsOf(entries: Iterable<ChannelEntry>): ChannelLists {
  const all = [...entries]
  const lists: { [C in Channel]?: readonly string[] } = {}
  for (const channel of CHANNELS) {
    const symbols = all.filter((entry) => channelOf(entry) === channel).map(symbolOf)
    if (symbols.length > 0) lists[channel] = symbols
  }
  return lists
}

/** An entry's channel. */
export const channelOf = (entry: ChannelEntry): string => entry.slice(0, entry.indexOf(':'))

/** An entry's symbol. */
export const symbolOf = (entry: ChannelEntry): string => entry.slice(entry.indexOf(':') + 1)
