import { expect, test } from 'vitest'
import type { LogVerdict } from './audit.ts'
import { describeVerdict } from './describe-log.ts'

const anchor = { id: 1_200, hash: 'hash', since: Date.UTC(2026, 10, 24, 15) }
const checked = { from: 1, events: 1_234, lastHash: 'hash' }

test.each<[LogVerdict, string]>([
  [
    { kind: 'intact', ...checked, anchor },
    'Log verified, all 1,234 events intact. Up to event 1,200 they match what Signal has recorded outside the database since 2026-11-24.',
  ],
  [
    { kind: 'intact', ...checked },
    'Hashes verified, all 1,234 events intact. No record outside the database to compare with: a log rebuilt as a whole would pass too.',
  ],
  [
    { kind: 'intact', ...checked, from: 1_199, anchor },
    'Log verified, events 1,199 to 1,234 intact. Up to event 1,200 they match what Signal has recorded outside the database since 2026-11-24.',
  ],
  [{ kind: 'intact', from: 1, events: 0, lastHash: '' }, 'The event log is empty.'],
  [
    { kind: 'broken', id: 213, reason: 'the event or the one before it was changed' },
    'Log altered or damaged at event 213: the event or the one before it was changed.',
  ],
  [
    { kind: 'replaced', from: 1, events: 0, lastHash: '', before: anchor },
    'This is not the event log that was in use here before: the database was replaced, and with it 1,200 events. The event log is empty.',
  ],
  [
    { kind: 'unguarded', ...checked, anchor },
    'The triggers that protect the event log were changed or removed; Signal restores them when it opens the log. ' +
      'Log verified, all 1,234 events intact. Up to event 1,200 they match what Signal has recorded outside the database since 2026-11-24.',
  ],
])('a check claims no more than it showed: %o', (verdict, sentence) => {
  expect(describeVerdict(verdict)).toBe(sentence)
})
