import { expect, test } from 'vitest'
import { describeQuote } from './describe-quote.ts'

const now = 1_000_000
const origin = (ageMs: number) => ({ source: 'sip', at: now - ageMs, receivedAt: now }) as const

test('a quote says how old it is and where it comes from', () => {
  expect(describeQuote({ freshness: 'live', origin: origin(400) }, now)).toEqual({
    text: 'live · SIP',
    isDoubtful: false,
  })
  expect(describeQuote({ freshness: 'quiet', origin: origin(40_000) }, now)).toEqual({
    text: '40 s · SIP',
    isDoubtful: false,
  })
})

test('a quote that may no longer hold says so, and so does one that never came', () => {
  expect(describeQuote({ freshness: 'ageing', origin: origin(3_000) }, now).isDoubtful).toBe(true)
  expect(describeQuote({ freshness: 'stale', origin: origin(9_000) }, now)).toEqual({
    text: 'stale 9 s · SIP',
    isDoubtful: true,
  })
  expect(describeQuote({ freshness: 'disconnected', origin: origin(9_000) }, now).text).toBe(
    'no feed 9 s · SIP',
  )
  expect(describeQuote({ freshness: 'waiting' }, now)).toEqual({ text: 'no quote', isDoubtful: true })
  expect(describeQuote({ freshness: 'closed', origin: origin(9_000) }, now).isDoubtful).toBe(false)
})
