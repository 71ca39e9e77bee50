import { expect, test } from 'vitest'
import { describeCheck } from './describe-updates.ts'

const NOW = Date.parse('2026-11-27T21:00:00-05:00')
const status = { source: 'named', isChecking: false } as const
const release = { version: '0.2.0', releasedAt: NOW, notes: ['Charts.'] }

test('a check says when it was, in ET, and what came', () => {
  const lastCheck = { at: NOW - 60_000 }
  expect(describeCheck({ ...status, lastCheck }, NOW)).toBe(
    'Last check 20:59:00 ET. No newer version announced.',
  )
  expect(describeCheck({ ...status, lastCheck, release }, NOW)).toBe(
    'Last check 20:59:00 ET. Signal 0.2.0 is available.',
  )
  expect(describeCheck({ ...status, lastCheck: { at: NOW - 86_400_000 } }, NOW)).toBe(
    'Last check Nov 26, 21:00:00 ET. No newer version announced.',
  )
})

test('before the first answer nothing is claimed', () => {
  expect(describeCheck(status, NOW)).toBe('Not checked since Signal started.')
  expect(describeCheck({ ...status, isChecking: true, lastCheck: { at: NOW } }, NOW)).toBe('Checking…')
})

test.each([
  ['unreachable', 'Check your network'],
  ['timed-out', 'within 10 s'],
  ['cut-off', 'cut off'],
  ['bad-status', 'an error'],
  ['redirected', 'sign in'],
  ['too-large', 'sign in'],
  ['not-a-notice', 'sign in'],
  ['bad-signature', 'wasn’t signed by Signal’s publisher'],
] as const)(
  'a check that ended as %s says what to do, and not that there is nothing newer',
  (problem, said) => {
    const text = describeCheck({ ...status, lastCheck: { at: NOW, problem } }, NOW)
    expect(text).toContain(said)
    expect(text).not.toContain('No newer version')
    expect(describeCheck({ ...status, release, lastCheck: { at: NOW, problem } }, NOW)).toBe(text)
  },
)
