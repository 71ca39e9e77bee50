import { expect, test } from 'vitest'
import { quoteWords } from './quote-words.ts'

const now = 1_000_000
const origin = (ageMs: number) => ({ source: 'sip', at: now - ageMs, receivedAt: now }) as const

test('a quote says how old it is and where it comes from', () => {
  expect(quoteWords({ freshness: 'live', origin: origin(400) }, now)).toEqual({
    words: 'under 1 s old, SIP',
    isDoubtful: false,
  })
  expect(quoteWords({ freshness: 'quiet', origin: origin(40_000) }, now)).toEqual({
    words: '40 s old, SIP',
    isDoubtful: false,
  })
})

test('a quote that may not hold any more says so, and one that never came', () => {
  expect(quoteWords({ freshness: 'ageing', origin: origin(3_000) }, now).isDoubtful).toBe(true)
  expect(quoteWords({ freshness: 'stale', origin: origin(9_000) }, now)).toEqual({
    words: 'Stale: 9 s old, SIP',
    isDoubtful: true,
  })
  expect(quoteWords({ freshness: 'disconnected', origin: origin(9_000) }, now).words).toMatch(/^No feed/)
  expect(quoteWords({ freshness: 'waiting' }, now)).toEqual({ words: 'No quote yet', isDoubtful: true })
  expect(quoteWords({ freshness: 'closed', origin: origin(9_000) }, now).isDoubtful).toBe(false)
})
