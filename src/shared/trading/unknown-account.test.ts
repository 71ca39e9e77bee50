import { expect, test } from 'vitest'
import { whyAccountUnknown } from './unknown-account.ts'

const agreed = { state: 'agreed', hasBegun: true, at: 0, differences: [] } as const
const unread = { what: 'unreadable', of: 'ODDX', ours: 'not read', theirs: 'qty: is missing' } as const

test('an account is unknown until the exchange has reported it, and while it reports nothing or a row that cannot be read', () => {
  expect(whyAccountUnknown(agreed)).toBeUndefined()
  expect(whyAccountUnknown({ ...agreed, hasBegun: false })).toBe('Alpaca has not reported it yet.')
  expect(whyAccountUnknown({ ...agreed, hasBegun: false, problem: 'It is away.' })).toBe('It is away.')
  expect(whyAccountUnknown({ ...agreed, state: 'failed', problem: 'It is away.' })).toBe('It is away.')
  expect(whyAccountUnknown({ ...agreed, state: 'running', problem: 'It is away.' })).toBe('It is away.')
  expect(whyAccountUnknown({ ...agreed, differences: [unread] })).toBe(
    'Alpaca’s row for ODDX cannot be read (qty: is missing).',
  )
})
