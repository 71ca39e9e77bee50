import { expect, test } from 'vitest'
import { writtenEvents } from '../../../tests/support/written-events.ts'
import { factsOf } from './event-facts.ts'

test('every value of an event is told with its name', () => {
  const draft = {
    symbol: 'AAPL',
    side: 'sell',
    extendedHours: false,
    quantity: '1000',
    stopLoss: { stopPrice: '225.5', limitPrice: '225' },
  }
  const payload = { version: 1, by: { kind: 'trader' }, draft, accepted: ['DUPLICATE_ORDER'], legs: [] }
  expect(factsOf(payload).map(({ name, value }) => `${name} = ${value}`)).toEqual([
    'Requested by = trader',
    'Symbol = AAPL',
    'Side = sell',
    'Extended hours = No',
    'Quantity = 1,000',
    'Stop loss: stop price = 225.5',
    'Stop loss: limit price = 225',
    'Confirmed warnings = DUPLICATE_ORDER',
    'Exits = none',
  ])
})

test('a field that is not known is told under its own name, and nothing is left out', () => {
  expect(factsOf({ venue: 'X', tiers: [{ depth: 2 }, 'y'], empty: null, deep: { odd: true } })).toEqual([
    { name: 'venue', value: 'X' },
    { name: 'tiers', value: 'depth 2; y' },
    { name: 'empty', value: 'null' },
    { name: 'deep: odd', value: 'Yes' },
  ])
})

test('an ID is not taken for an amount', () => {
  expect(factsOf({ exchangeId: '001234', quantity: '1234' }).map(({ value }) => value)).toEqual([
    '001234',
    '1,234',
  ])
})

test('a time is told as such, and a long list is cut with its count', () => {
  expect(factsOf({ filledAt: Date.parse('2026-11-24T15:00:01Z') })[0]?.value).toBe('Nov 24, 10:00:01 ET')
  expect(factsOf({ reasons: Array.from({ length: 103 }, (_, nth) => `r${nth}`) })[0]?.value).toMatch(
    /r99; and 3 more$/,
  )
})

/** All values in a payload, however deep; without its version. */
function valuesIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [value]
  return Object.entries(value).flatMap(([name, inner]) => (name === 'version' ? [] : valuesIn(inner)))
}

test.each(writtenEvents().map(({ type, payload }) => [type, payload] as const))(
  'every field of %s has a name in words, and every value is told',
  (_type, payload) => {
    const facts = factsOf({ ...payload })
    expect(facts.filter(({ name }) => /^[a-z]/.test(name))).toEqual([])
    const all = facts.map(({ value }) => value.replaceAll(',', '')).join(' ')
    for (const value of valuesIn(payload))
      if (typeof value === 'string') expect(all).toContain(value.replaceAll(',', ''))
  },
)
