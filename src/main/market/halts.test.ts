import { expect, test } from 'vitest'
import { status, TEN_O_CLOCK } from '../../../tests/support/market-messages.ts'
import { endedByTrade, haltAfter } from './halts.ts'

const halt = haltAfter(undefined, status())

test('a halt says why, and since when', () => {
  expect(halt).toEqual({ code: 'T1', reason: 'Halt News Pending', at: TEN_O_CLOCK })
})

test('the codes of both kinds of tape halt and resume', () => {
  for (const statusCode of ['2', 'H', 'P'])
    expect(haltAfter(undefined, status({ statusCode }))?.at).toBe(TEN_O_CLOCK)
  for (const statusCode of ['3', 'T']) expect(haltAfter(halt, status({ statusCode }))).toBeUndefined()
})

test('quoting again is not trading again, and other news changes nothing', () => {
  expect(haltAfter(halt, status({ statusCode: 'Q' }))).toBe(halt)
  expect(haltAfter(halt, status({ statusCode: 'E' }))).toBe(halt)
  expect(haltAfter(undefined, status({ statusCode: 'D' }))).toBeUndefined()
})

test('a resumption of an earlier halt that comes late does not end this one', () => {
  expect(haltAfter(halt, status({ statusCode: 'T', at: TEN_O_CLOCK - 1_000 }))).toBe(halt)
})

test('a halt without a reason still says something', () => {
  const bare = status({ reasonMessage: '', reasonCode: '' })
  expect(haltAfter(undefined, bare)).toMatchObject({ code: 'H', reason: 'Trading Halt' })
  expect(haltAfter(undefined, { ...bare, statusMessage: '' })?.reason).toBe('halted (no reason given)')
})

test('a trade well after the halt shows that trading goes on; one at the moment of the halt does not', () => {
  if (halt === undefined) throw new Error('no halt')
  expect(endedByTrade(halt, TEN_O_CLOCK + 1_000)).toBe(false)
  expect(endedByTrade(halt, TEN_O_CLOCK + 10_000)).toBe(true)
})
