import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChannelEntry } from './channels.ts'
import { symbolOf } from './channels.ts'
import { Subscriptions } from './subscriptions.ts'

const quotes = (...symbols: string[]): ChannelEntry[] =>
  symbols.map((symbol): ChannelEntry => `quotes:${symbol}`)
const bars = (...symbols: string[]): ChannelEntry[] => symbols.map((symbol): ChannelEntry => `bars:${symbol}`)

test('what is wanted is requested, and only the answer confirms it', () => {
  const book = new Subscriptions()
  book.want(quotes('AAPL', 'TSLA'))
  expect(book.takeNext()).toEqual({ action: 'subscribe', entries: quotes('AAPL', 'TSLA') })
  expect([...book.confirmed]).toEqual([])
  expect(book.acknowledge(quotes('AAPL', 'TSLA'))).toEqual([])
  expect([...book.confirmed]).toEqual(quotes('AAPL', 'TSLA'))
  expect(book.takeNext()).toBeUndefined()
})

test('one change is in flight at a time; what was wanted meanwhile comes next', () => {
  const book = new Subscriptions()
  book.want(quotes('AAPL'))
  book.takeNext()
  book.want(bars('AAPL'))
  book.unwant(quotes('AAPL'))
  expect(book.takeNext()).toBeUndefined()
  book.acknowledge(quotes('AAPL'))
  expect(book.takeNext()).toEqual({ action: 'unsubscribe', entries: quotes('AAPL') })
  book.acknowledge([])
  expect(book.takeNext()).toEqual({ action: 'subscribe', entries: bars('AAPL') })
})

test('a rejected change is undone as a whole, and earlier subscriptions stay', () => {
  const book = new Subscriptions()
  book.want(quotes('AAPL'))
  book.takeNext()
  book.acknowledge(quotes('AAPL'))
  book.want(quotes('TSLA', 'NVDA'))
  book.takeNext()
  expect(book.rollBack()).toEqual(quotes('TSLA', 'NVDA'))
  expect([...book.desired]).toEqual(quotes('AAPL'))
  expect(book.takeNext()).toBeUndefined()
})

test('an unexpected rejection changes nothing', () => {
  const book = new Subscriptions()
  book.want(quotes('AAPL'))
  expect(book.rollBack()).toEqual([])
  expect(book.suspectSymbols()).toEqual([])
  expect([...book.desired]).toEqual(quotes('AAPL'))
})

test('an entry that the server silently omits is not requested again', () => {
  const book = new Subscriptions()
  book.want([...quotes('AAPL'), ...bars('AAPL')])
  book.takeNext()
  expect(book.acknowledge(quotes('AAPL'))).toEqual(bars('AAPL'))
  expect(book.takeNext()).toBeUndefined()
})

test('a star covers every symbol of its channel', () => {
  const book = new Subscriptions()
  book.want(['statuses:*', 'statuses:AAPL'])
  book.takeNext()
  expect(book.acknowledge(['statuses:*'])).toEqual([])
  expect(book.takeNext()).toBeUndefined()
})

test('after a disconnect earlier subscriptions are restored first, then the new ones', () => {
  const book = new Subscriptions()
  book.want(quotes('AAPL'))
  book.takeNext()
  book.acknowledge(quotes('AAPL'))
  book.disconnect()
  expect([...book.confirmed]).toEqual([])
  book.want(quotes('TSLA'))
  expect(book.takeNext()?.entries).toEqual(quotes('AAPL'))
  book.acknowledge(quotes('AAPL'))
  expect(book.takeNext()?.entries).toEqual(quotes('TSLA'))
})

test('a disconnect during the first change forgets neither it nor earlier subscriptions', () => {
  const book = new Subscriptions()
  book.want(quotes('AAPL'))
  book.takeNext()
  book.acknowledge(quotes('AAPL'))
  book.disconnect()
  book.want(quotes('TSLA'))
  book.takeNext()
  book.disconnect()
  expect(book.takeNext()?.entries).toEqual(quotes('AAPL'))
})

test('a disconnect during a search restores earlier subscriptions and restarts the search', () => {
  const book = new Subscriptions()
  book.want(quotes('AAPL'))
  book.takeNext()
  book.acknowledge(quotes('AAPL'))
  book.want(quotes('TSLA', 'b@d'))
  book.takeNext()
  book.suspectSymbols()
  book.disconnect()
  expect(book.takeNext()?.entries).toEqual(quotes('AAPL'))
  book.acknowledge(quotes('AAPL'))
  expect(book.takeNext()?.entries).toEqual(quotes('TSLA', 'b@d'))
})

test('a very long list is sent in parts', () => {
  const book = new Subscriptions()
  const all = quotes(...Array.from({ length: 2_500 }, (_, n) => `S${n}`))
  book.want(all)
  const sizes = []
  const confirmed: ChannelEntry[] = []
  for (let change = book.takeNext(); change; change = book.takeNext()) {
    sizes.push(change.entries.length)
    confirmed.push(...change.entries)
    book.acknowledge(confirmed)
  }
  expect(sizes).toEqual([1_000, 1_000, 500])
})

/** Answers changes like a server that has neither these symbols nor these channels. */
function settle(book: Subscriptions, { symbols, channels }: { symbols: Set<string>; channels: Set<string> }) {
  const confirmed = new Set<ChannelEntry>()
  const refused: ChannelEntry[] = []
  let changes = 0
  for (let change = book.takeNext(); change; change = book.takeNext()) {
    changes += 1
    if (changes > 500) throw new Error('it asks for ever')
    if (change.entries.some((entry) => symbols.has(symbolOf(entry)))) refused.push(...book.suspectSymbols())
    else if (change.entries.some((entry) => channels.has(entry.split(':')[0]!))) {
      refused.push(...book.suspectChannels())
    } else {
      for (const entry of change.entries) {
        if (change.action === 'subscribe') confirmed.add(entry)
        else confirmed.delete(entry)
      }
      book.acknowledge(confirmed)
    }
  }
  return { confirmed, refused, changes }
}

describe('the search for what the server cannot read', () => {
  test('finds the one malformed symbol among thirty in a few tries, on all its channels', () => {
    const book = new Subscriptions()
    const good = Array.from({ length: 29 }, (_, n) => `GOOD${n}`)
    book.want([...quotes(...good, 'b@d'), ...bars(...good, 'b@d')])
    const { confirmed, refused, changes } = settle(book, { symbols: new Set(['b@d']), channels: new Set() })
    expect(refused).toEqual([...quotes('b@d'), ...bars('b@d')])
    expect(confirmed).toEqual(new Set([...quotes(...good), ...bars(...good)]))
    expect(changes).toBeLessThanOrEqual(12)
  })

  test('finds a channel that this feed does not offer', () => {
    const book = new Subscriptions()
    book.want([...quotes('FAKEPACA'), ...bars('FAKEPACA'), 'lulds:FAKEPACA'])
    const { refused } = settle(book, { symbols: new Set(), channels: new Set(['lulds']) })
    expect(refused).toEqual(['lulds:FAKEPACA'])
    expect([...book.desired]).toEqual([...quotes('FAKEPACA'), ...bars('FAKEPACA')])
  })

  test('gives up an unsubscribe that the server cannot read', () => {
    const book = new Subscriptions()
    book.want(quotes('AAPL'))
    book.takeNext()
    book.acknowledge(quotes('AAPL'))
    book.unwant(quotes('AAPL'))
    book.takeNext()
    expect(book.suspectSymbols()).toEqual([])
    expect(book.takeNext()).toBeUndefined()
  })

  test('ends with every valid entry confirmed and every invalid one dropped, however mixed', () => {
    const symbol = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G')
    const channel = fc.constantFrom('quotes', 'bars', 'trades', 'lulds')
    const entry = fc.tuple(channel, symbol).map(([c, s]) => `${c}:${s}` as ChannelEntry)
    fc.assert(
      fc.property(
        fc.array(entry),
        fc.array(entry),
        fc.uniqueArray(symbol),
        fc.uniqueArray(channel),
        (wanted, unwanted, badSymbols, badChannels) => {
          const book = new Subscriptions()
          const bad = { symbols: new Set<string>(badSymbols), channels: new Set<string>(badChannels) }
          book.want(wanted)
          settle(book, bad)
          book.unwant(unwanted)
          const { confirmed } = settle(book, bad)
          const good = new Set(
            wanted.filter((e) => !bad.symbols.has(symbolOf(e)) && !bad.channels.has(e.split(':')[0]!)),
          )
          for (const e of unwanted) good.delete(e)
          expect(new Set(book.desired)).toEqual(good)
          expect(new Set(book.confirmed)).toEqual(good)
          for (const e of confirmed) expect(good.has(e)).toBe(true)
        },
      ),
    )
  })
})
