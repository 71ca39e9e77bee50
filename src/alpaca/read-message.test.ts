import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { readBarValues } from './bar.ts'
import { readMessage, readQuote, readTrade } from './read-message.ts'
import { readTime } from './time.ts'

// What the hand-written readers must agree with, written in zod.
const symbol = z.string().min(1).max(32)
const price = z.number().positive().max(10_000_000)
const side = z.number().nonnegative().max(10_000_000)
const count = z.number().nonnegative().max(1e12)
const time = z.string().refine((text) => readTime(text) !== undefined)
const at = (text: string): number => readTime(text) ?? NaN
const absent = (value: unknown) => (value === 0 ? undefined : (value ?? undefined))

const wireQuote = z
  .object({ S: symbol, bp: side, bs: count, ap: side, as: count, t: time })
  .transform(({ S, bp, bs, ap, as, t }) => ({
    type: 'quote',
    symbol: S,
    bid: bp,
    bidSize: bs,
    ask: ap,
    askSize: as,
    time: t,
    at: at(t),
  }))

const wireTrade = z
  .object({
    S: symbol,
    i: z.unknown().optional(),
    p: price,
    s: count.positive(),
    x: z.string().catch(''),
    c: z
      .array(z.unknown())
      .catch([])
      .transform((codes) => codes.filter((code) => typeof code === 'string')),
    t: time,
  })
  .transform(({ S, i, p, s, x, c, t }) => ({
    type: 'trade',
    symbol: S,
    id: typeof i === 'number' || typeof i === 'string' ? String(i) : '',
    price: p,
    size: s,
    exchange: x,
    conditions: c,
    time: t,
    at: at(t),
  }))

const wireBar = z
  .object({
    t: time,
    o: price,
    h: price,
    l: price,
    c: price,
    v: count,
    vw: z.preprocess(absent, price.optional()).optional(),
    n: z.preprocess((value) => value ?? undefined, count.optional()).optional(),
  })
  .transform(({ t, o, h, l, c, v, vw, n }) => ({
    at: at(t),
    open: o,
    high: h,
    low: l,
    close: c,
    volume: v,
    vwap: vw,
    tradeCount: n,
  }))

/** Numbers as they may arrive: mostly valid, sometimes anything at all. */
const amount = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 99_999_999 }).map((cents) => cents / 100) },
  fc.constantFrom<unknown>(
    0,
    -0,
    -1,
    1e-7,
    10_000_000,
    10_000_001,
    1e12,
    1e13,
    1e308,
    null,
    undefined,
    '12.5',
    true,
  ),
  fc.anything(),
)
const name = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<unknown>('AAPL', 'BRK.B', 'FAKEPACA') },
  fc.anything(),
)
const stamp = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<unknown>('2026-11-20T15:04:05.1209Z', '2026-11-20T15:03:00Z') },
  fc.constantFrom<unknown>('', 'now', '2026-02-30T00:00:00Z', 1_790_000_000, null),
  fc.anything(),
)

const agrees = (schema: z.ZodType, read: (raw: Record<string, unknown>) => unknown) => (raw: object) => {
  const expected = schema.safeParse(raw)
  const answer = read(raw as Record<string, unknown>)
  expect(typeof answer === 'string' ? undefined : answer).toEqual(
    expected.success ? expected.data : undefined,
  )
}
const runs = { numRuns: 2_000 }

test('every quote is read as its schema says, and what the schema rejects is rejected', () => {
  const quote = fc.record(
    { S: name, bp: amount, bs: amount, ap: amount, as: amount, t: stamp },
    { requiredKeys: [] },
  )
  fc.assert(fc.property(quote, agrees(wireQuote, readQuote)), runs)
})

test('every trade is read as its schema says', () => {
  const trade = fc.record(
    { S: name, i: fc.anything(), p: amount, s: amount, x: fc.anything(), c: fc.anything(), t: stamp },
    { requiredKeys: [] },
  )
  fc.assert(fc.property(trade, agrees(wireTrade, readTrade)), runs)
})

test('every bar is read as its schema says', () => {
  const bar = fc.record(
    { t: stamp, o: amount, h: amount, l: amount, c: amount, v: amount, vw: amount, n: amount },
    { requiredKeys: ['t', 'o', 'h', 'l', 'c', 'v'] },
  )
  fc.assert(fc.property(bar, agrees(wireBar, readBarValues)), runs)
})

const QUOTE = {
  T: 'q',
  S: 'KLMN',
  bx: 'V',
  bp: 48.2,
  bs: 300,
  ax: 'V',
  ap: 48.23,
  as: 100,
  t: '2026-11-20T15:04:05.1209Z',
}

test('a quote keeps the digits of its prices and of its timestamp', () => {
  const quote = readMessage(QUOTE)
  expect(quote).toEqual({
    type: 'quote',
    symbol: 'KLMN',
    bid: 48.2,
    bidSize: 300,
    ask: 48.23,
    askSize: 100,
    time: '2026-11-20T15:04:05.1209Z',
    at: Date.parse('2026-11-20T15:04:05.120Z'),
  })
  expect(new Decimal(48.23).toString()).toBe('48.23')
})

test('a quote with an empty side is a quote', () => {
  expect(readMessage({ ...QUOTE, bp: 0, bs: 0 })).toMatchObject({ type: 'quote', bid: 0 })
})

const BAR = {
  S: 'KLMN',
  o: 48.11,
  h: 48.26,
  l: 48.1,
  c: 48.22,
  v: 5310,
  t: '2026-11-20T15:03:00Z',
  n: 61,
  vw: 48.187204,
}

test.each([
  ['b', 'bar'],
  ['u', 'updatedBar'],
  ['d', 'dailyBar'],
])('a %s message is a %s', (T, type) => {
  expect(readMessage({ ...BAR, T })).toEqual({
    type,
    symbol: 'KLMN',
    open: 48.11,
    high: 48.26,
    low: 48.1,
    close: 48.22,
    volume: 5310,
    vwap: 48.187204,
    tradeCount: 61,
    time: '2026-11-20T15:03:00Z',
    at: Date.parse('2026-11-20T15:03:00Z'),
  })
})

test('a bar without vwap or trade count has none, rather than zero', () => {
  const { vw: _vw, n: _n, ...bare } = BAR
  const bar = readMessage({ ...bare, T: 'b', vw: null })
  expect(bar).not.toHaveProperty('vwap')
  expect(bar).not.toHaveProperty('tradeCount')
})

test('a bar with an invalid symbol is malformed', () => {
  expect(readMessage({ ...BAR, T: 'b', S: 7 })).toBe('bar')
})

const RARE = { S: 'KLMN', z: 'C', t: '2026-11-20T15:06:00Z' }
const STAMPED = { symbol: 'KLMN', time: RARE.t, at: Date.parse(RARE.t) }

test.each([
  [
    { T: 's', sc: 'H', sm: 'Trading Halt', rc: 'T1', rm: 'Halt News Pending' },
    {
      type: 'status',
      statusCode: 'H',
      statusMessage: 'Trading Halt',
      reasonCode: 'T1',
      reasonMessage: 'Halt News Pending',
    },
  ],
  [
    { T: 'l', u: 50.63, d: 45.81, i: 'B' },
    { type: 'luld', limitUp: 50.63, limitDown: 45.81, indicator: 'B' },
  ],
  [
    { T: 'i', p: 48.3 },
    { type: 'imbalance', price: 48.3 },
  ],
  [
    { T: 'c', x: 'V', oi: 7781, op: 48.215, os: 40, oc: ['@'], ci: 7790, cp: 48.21, cs: 40, cc: ['@'] },
    {
      type: 'correction',
      exchange: 'V',
      original: { id: '7781', price: 48.215, size: 40 },
      corrected: { id: '7790', price: 48.21, size: 40, conditions: ['@'] },
    },
  ],
  [
    { T: 'x', i: 7790, x: 'V', p: 48.21, s: 40, a: 'C' },
    { type: 'cancelError', exchange: 'V', id: '7790', price: 48.21, size: 40, action: 'C' },
  ],
  [
    { T: 't', i: 7781, x: 'V', p: 48.215, s: 40, c: ['@', 'I'] },
    { type: 'trade', id: '7781', price: 48.215, size: 40, exchange: 'V', conditions: ['@', 'I'] },
  ],
])('%j is read by the letters of its own type', (wire, message) => {
  expect(readMessage({ ...RARE, ...wire })).toEqual({ ...STAMPED, ...message })
})

test('a halt without its texts is still delivered', () => {
  expect(readMessage({ ...RARE, T: 's', sc: 'H' })).toMatchObject({ statusCode: 'H', reasonMessage: '' })
})

test.each([
  [{ ...QUOTE, bp: '48.2' }, 'quote'],
  [{ ...QUOTE, ap: -1 }, 'quote'],
  [{ ...QUOTE, ap: 1e300 }, 'quote'],
  [{ ...RARE, T: 't', p: 0, s: 1 }, 'trade'],
  [{ ...RARE, T: 't', p: 1, s: 0 }, 'trade'],
  [{ ...RARE, T: 's' }, 'status'],
  [{ ...RARE, T: 'l', u: 1 }, 'luld'],
  [{ ...RARE, T: 'i', p: null }, 'imbalance'],
  [{ ...RARE, T: 'c', op: 1 }, 'correction'],
  [{ ...RARE, T: 'x', p: 'x' }, 'cancel-error'],
  [{ ...RARE, T: 'zz' }, 'unknown-type'],
  [{}, 'unknown-type'],
])('%j is skipped as a malformed %s', (wire, kind) => {
  expect(readMessage(wire)).toBe(kind)
})
