import { expect, test } from 'vitest'
import { err, ok } from '#shared/result'
import type { KnownLog, LogVerdict } from '#shared/trading/audit'
import { allTurns, ManualClock } from '../../../tests/support/manual-clock.ts'
import { LogProofs } from './log-proofs.ts'

const NOW = Date.UTC(2026, 10, 24, 15)
const intact = (events: number): LogVerdict => ({
  kind: 'intact',
  from: 1,
  events,
  lastHash: `hash-${events}`,
})
const broken: LogVerdict = { kind: 'broken', id: 3, reason: 'the event is missing' }

/** The proofs of a log whose next checks show these. */
function proofsOf(...verdicts: readonly (LogVerdict | 'away')[]) {
  const clock = new ManualClock(NOW, allTurns)
  const noted: KnownLog[] = []
  const found: (LogVerdict | undefined)[] = []
  const asked: (number | undefined)[] = []
  const rest = [...verdicts]
  const proofs = new LogProofs({
    prove: async ({ after }) => {
      asked.push(after)
      const verdict = rest.shift() ?? 'away'
      return verdict === 'away'
        ? err({ kind: 'refused', message: 'away' })
        : ok({ log: 'one', place: 'here', verdict })
    },
    anchors: { known: () => noted.slice(-1), note: (log) => void noted.push(log) },
    onDoubt: (doubt) => void found.push(doubt),
    clock,
  })
  return { proofs, clock, noted, found, asked }
}

test('the end of a log is noted once it was found to hold, since when it first was', async () => {
  const since = NOW - 5_000
  const anchor = { id: 4, hash: 'hash-4', since }
  const { proofs, noted } = proofsOf(intact(4), { ...intact(6), anchor } as LogVerdict)
  await proofs.prove()
  await proofs.prove()
  expect(noted).toEqual([
    { log: 'one', place: 'here', anchor: { id: 4, hash: 'hash-4', since: NOW } },
    { log: 'one', place: 'here', anchor: { id: 6, hash: 'hash-6', since } },
  ])
})

test('a broken, an empty and an unreachable log are not noted', async () => {
  const { proofs, noted } = proofsOf(broken, intact(0), 'away')
  for (let check = 0; check < 3; check++) await proofs.prove()
  expect(noted).toEqual([])
})

test('what was found once shows in every later check, and is reported once, unless it gets worse', async () => {
  const before = { id: 9, hash: 'hash-9', since: NOW }
  const replaced = { ...intact(2), kind: 'replaced', before } as LogVerdict
  const { proofs, found } = proofsOf(replaced, intact(3), broken, broken, intact(3))
  expect(await proofs.prove()).toEqual(ok(replaced))
  expect(await proofs.prove()).toEqual(ok({ ...intact(3), kind: 'replaced', before }))
  expect(await proofs.prove()).toEqual(ok(broken))
  await proofs.prove()
  expect(await proofs.prove()).toEqual(ok(broken))
  expect(found).toEqual([replaced, broken])
  expect(proofs.doubt).toEqual(broken)
})

test('a log that the trader accepts is noted anew and doubted no more; one whose hashes do not hold stays in doubt', async () => {
  const { proofs, noted, found, asked } = proofsOf(broken, intact(2), intact(3), broken, broken)
  await proofs.accept()
  expect(asked).toEqual([]) // nothing is in doubt yet
  await proofs.prove()
  await proofs.accept()
  expect(noted).toEqual([{ log: 'one', place: 'here', anchor: { id: 2, hash: 'hash-2', since: NOW } }])
  expect(await proofs.prove()).toEqual(ok(intact(3)))
  await proofs.prove()
  await proofs.accept()
  expect(asked).toEqual([undefined, 0, undefined, undefined, 0])
  expect(proofs.doubt).toEqual(broken)
  expect(found).toEqual([broken, undefined, broken])
})

test('the end is noted every 15 minutes, by what came since the last note, until the database is closed', async () => {
  const { proofs, clock, asked } = proofsOf(intact(1), intact(2))
  await clock.turn(15 * 60_000)
  expect(asked).toEqual([undefined])
  await clock.turn(15 * 60_000)
  proofs.stop()
  await clock.turn(60 * 60_000)
  expect(asked).toEqual([undefined, undefined])
})
