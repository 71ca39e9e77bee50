import { expect, test } from 'vitest'
import type { LogVerdict } from './audit.ts'
import { describeVerdict } from './describe-log.ts'

const anchor = { id: 1_200, hash: 'hash', since: Date.UTC(2026, 10, 24, 15) }
const checked = { from: 1, events: 1_234, lastHash: 'hash' }

test.each<[LogVerdict, string]>([
  [
    { kind: 'intact', ...checked, anchor },
    'The hashes of all 1,234 events hold, and up to event 1,200 they are what Signal has noted outside the database since 2026-11-24.',
  ],
  [
    { kind: 'intact', ...checked },
    'The hashes of all 1,234 events hold. Nothing was noted outside the database to compare with: a log rebuilt as a whole would hold too.',
  ],
  [
    { kind: 'intact', ...checked, from: 1_199, anchor },
    'The hashes of events 1,199 to 1,234 hold, and up to event 1,200 they are what Signal has noted outside the database since 2026-11-24.',
  ],
  [{ kind: 'intact', from: 1, events: 0, lastHash: '' }, 'The event log is empty.'],
  [
    { kind: 'broken', id: 213, reason: 'the event or the one before it was changed' },
    'The event log is not as it was written, from event 213 on: the event or the one before it was changed.',
  ],
  [
    { kind: 'replaced', from: 1, events: 0, lastHash: '', before: anchor },
    'The event log is not the one that was in use at this place: the database was replaced, and with it 1,200 events. The event log is empty.',
  ],
  [
    { kind: 'unguarded', ...checked, anchor },
    'The triggers that refuse changes of the event log were changed or removed; Signal sets them up again when it opens the log. ' +
      'The hashes of all 1,234 events hold, and up to event 1,200 they are what Signal has noted outside the database since 2026-11-24.',
  ],
])('a check claims no more than it showed: %o', (verdict, sentence) => {
  expect(describeVerdict(verdict)).toBe(sentence)
})
