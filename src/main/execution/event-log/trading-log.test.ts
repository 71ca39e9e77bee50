import { expect, test } from 'vitest'
import { acceptedAs, asked, filledBy, plain, PREFIX } from '../../../../tests/support/recorded.ts'
import { allTurns, ManualClock } from '../../../../tests/support/manual-clock.ts'
import { NOW } from '../../../../tests/support/risk-context.ts'
import { MemoryEventLog } from '../../../../tests/support/trading-model/memory-event-log.ts'
import { err, ok } from '#shared/result'
import type { LogVerdict } from '#shared/trading/audit'
import { silentLog } from '#process/log'
import { AccountState, type OrderEvent } from '../state/index.ts'
import { TradingLog } from './trading-log.ts'

const AWAY = err({ kind: 'lost', message: 'away' } as const)

/** A trading log on an event log in memory. `bend` says what happens to the next appends; later ones work normally. */
async function opened(log = new MemoryEventLog(), verdict?: LogVerdict) {
  const clock = new ManualClock(NOW, allTurns)
  const bends: ('lost' | 'refused' | Promise<void>)[] = []
  const stalls: Promise<void>[] = []
  const reported: number[] = []
  const tradingLog = new TradingLog({
    mode: 'paper',
    eventLog: {
      events: {
        append: async (append) => {
          const bend = bends.shift()
          if (bend === 'refused') return AWAY
          await bend
          const answer = log.append(append)
          return bend === 'lost' ? AWAY : answer
        },
        read: async (filter) => {
          await stalls.shift()
          return log.read(filter)
        },
        prove: async () => (verdict === undefined ? log.prove() : ok(verdict)),
        accept: async () => {},
      },
      values: {
        keep: async ({ name, value }) => log.keep(name, value),
        read: async ({ name }) => ({ ok: true, value: log.kept(name) }),
      },
    },
    clock,
    onApplied: (_applied, { id }) => void reported.push(id),
    log: silentLog,
  })
  await tradingLog.open()
  const write = (id: string, ...events: readonly OrderEvent[]) =>
    tradingLog.record(() => [{ stream: `order:${id}`, events }])
  return {
    tradingLog,
    log,
    clock,
    reported,
    write,
    bend: (bend: (typeof bends)[number]) => bends.push(bend),
    /** The next read is answered only after this. */
    stall: (until: Promise<void>) => stalls.push(until),
  }
}

/** A fresh fold of the log. */
function folded(log: MemoryEventLog): AccountState {
  const accountState = new AccountState(PREFIX)
  for (const event of log.events) accountState.apply(event)
  return accountState
}

test('what is written is in the account state, and is reported once', async () => {
  const { tradingLog, reported, write } = await opened()
  expect(await write('order-1', asked(), acceptedAs('exchange-1'))).toBe(true)
  expect(tradingLog.accountState.orders.get('order-1')).toMatchObject({ state: 'accepted' })
  expect(reported).toEqual([1, 2])
})

test('while the database is away nothing is written, and the account state does not change', async () => {
  const { tradingLog, log, write, bend } = await opened()
  bend('refused')
  expect(await write('order-1', asked())).toBe(false)
  expect(tradingLog.isAway).toBe(true)
  expect(tradingLog.accountState.orders.size).toBe(0)
  expect(log.events).toEqual([])
})

test('an append whose answer was lost is applied in the log’s order, before what is written next', async () => {
  const { tradingLog, log, reported, write, bend } = await opened()
  bend('lost')
  expect(await write('order-1', asked(), filledBy('OrderFilled', '10', '100'))).toBe(false)
  expect(await write('order-2', asked({ side: 'sell' }), filledBy('OrderFilled', '10', '110'))).toBe(true)
  expect([...tradingLog.accountState.orders.keys()]).toEqual(['order-1', 'order-2'])
  expect(tradingLog.accountState.toState()).toEqual(folded(log).toState())
  expect(reported).toEqual([1, 2, 3, 4])
})

test('an append that takes too long counts as failed, and is applied when it ends', async () => {
  const { tradingLog, clock, reported, write, bend } = await opened()
  let release = () => {}
  bend(new Promise<void>((resolve) => (release = resolve)))
  const late = write('order-1', asked())
  await clock.turn(2_000)
  expect(await late).toBe(false)
  expect(await write('order-2', asked())).toBe(false)
  release()
  await clock.turn(0)
  expect(tradingLog.accountState.orders.get('order-1')).toMatchObject({ state: 'requested' })
  expect(await write('order-2', asked())).toBe(true)
  expect(reported).toEqual([1, 2])
})

test('a read that takes too long keeps nobody waiting, and the next one makes up for it', async () => {
  const { tradingLog, clock, write, stall } = await opened()
  stall(new Promise(() => {}))
  const checkpoint = tradingLog.checkpoint()
  const next = write('order-1', asked())
  await clock.turn(2_000)
  expect(tradingLog.isAtHand).toBe(true)
  expect(await next).toBe(true)
  await checkpoint
  expect(tradingLog.accountState.orders.get('order-1')).toMatchObject({ state: 'requested' })
})

test('what another Signal wrote meanwhile is read before deciding', async () => {
  const { log, tradingLog, write } = await opened()
  const other = await opened(log)
  await write('order-1', asked())
  await other.tradingLog.open()
  const seen: number[] = []
  const isWritten = await other.tradingLog.record((accountState) => {
    seen.push(accountState.orders.size)
    return accountState.orders.has('order-1')
      ? []
      : [{ stream: 'order:order-1', events: [asked({ side: 'sell' })] }]
  })
  expect(isWritten).toBe(true)
  expect(seen).toEqual([0, 1])
  expect(log.events).toHaveLength(1)
  expect(other.tradingLog.accountState.toState()).toEqual(tradingLog.accountState.toState())
})

test('what another Signal wrote to another stream is applied first, as in the log', async () => {
  const { log, tradingLog, reported, write } = await opened()
  const other = await opened(log)
  await other.write('order-2', asked({ side: 'sell' }))
  expect(await write('order-1', asked())).toBe(true)
  expect([...tradingLog.accountState.orders.keys()]).toEqual(['order-2', 'order-1'])
  expect(reported).toEqual([1, 2])
})

test('when a program keeps writing to the same stream, recording gives up after twenty tries', async () => {
  const { log, tradingLog } = await opened()
  let tries = 0
  const isWritten = await tradingLog.record(({ risk }) => {
    const expectedVersion = tries++
    const payload = { version: 1 }
    log.append({
      stream: `${PREFIX}risk`,
      expectedVersion,
      events: [{ type: 'KillSwitchEngaged', payload, at: tries }],
    })
    expect(risk.haltedSince === undefined).toBe(tries === 1)
    return [{ stream: 'risk', events: [{ type: 'KillSwitchReleased', payload: { version: 1 } }] }]
  })
  expect(isWritten).toBe(false)
  expect(tries).toBe(20)
})

test('what is left to write when the log is closed is not written, for the database may be another by then', async () => {
  const { log, tradingLog, clock, bend } = await opened()
  let release = () => {}
  bend(new Promise<void>((resolve) => (release = resolve)))
  const writing = tradingLog.record(() => [
    { stream: 'order:order-1', events: [asked()] },
    { stream: 'order:order-2', events: [asked({ side: 'sell' })] },
  ])
  await clock.turn(0)
  tradingLog.close()
  release()
  expect(await writing).toBe(false)
  expect(log.events.map(({ stream }) => stream)).toEqual([`${PREFIX}order:order-1`])
})

test('while the database neither writes nor reads, nothing counts as written', async () => {
  const { clock, write, bend, stall } = await opened()
  bend('refused')
  expect(await write('order-1', asked())).toBe(false)
  stall(new Promise(() => {}))
  const next = write('order-2', asked())
  await clock.turn(2_000)
  expect(await next).toBe(false)
})

test('a snapshot and the events after it give the same account state as the whole log', async () => {
  const { tradingLog, log, write } = await opened()
  await write('order-1', asked(), acceptedAs('exchange-1'))
  await tradingLog.checkpoint()
  await write('order-1', plain('OrderCanceled'))
  const again = await opened(log)
  expect(again.tradingLog.accountState.toState()).toEqual(folded(log).toState())
  expect(again.reported).toEqual([])
})

test('a snapshot of another log is not used', async () => {
  const first = await opened()
  await first.write('order-1', asked())
  await first.write('order-1', plain('OrderCanceled'))
  await first.tradingLog.checkpoint()
  const other = new MemoryEventLog()
  other.keep('account-state:paper', first.log.kept('account-state:paper') ?? '')
  const { tradingLog } = await opened(other)
  expect(tradingLog.accountState.orders.size).toBe(0)
})

test('after an append whose answer was lost, the next decision sees what it stored', async () => {
  const { tradingLog, write, bend } = await opened()
  bend('lost')
  expect(await write('order-1', asked())).toBe(false)
  const seen: boolean[] = []
  await tradingLog.record(({ orders }) => {
    seen.push(orders.has('order-1'))
    return []
  })
  expect(seen).toEqual([true])
})

test('a snapshot is saved only if something happened since the last one', async () => {
  const { tradingLog, log, write } = await opened()
  await write('order-1', asked())
  await tradingLog.checkpoint()
  await tradingLog.checkpoint()
  expect(log.events.map(({ type }) => type)).toEqual(['OrderRequested', 'AccountStateSaved'])
  const again = await opened(log)
  await again.tradingLog.checkpoint()
  expect(log.events).toHaveLength(2)
})

test.each<[LogVerdict, boolean]>([
  [{ kind: 'broken', id: 1, reason: 'the event is missing' }, false],
  [{ kind: 'intact', from: 3, events: 2, lastHash: 'hash' }, false],
  [{ kind: 'unguarded', from: 1, events: 2, lastHash: 'hash' }, true],
])('a snapshot is used only if what it rests on was checked: %o', async (verdict, isUsed) => {
  const first = await opened()
  await first.write('order-1', asked())
  await first.tradingLog.checkpoint()
  // Only the snapshot has this order: it is no longer in the log.
  const kept = first.log.kept('account-state:paper') ?? ''
  const log = new MemoryEventLog()
  log.append({ stream: 'paper:other', expectedVersion: 0, events: [{ type: 'Any', payload: {}, at: NOW }] })
  const [, saved] = first.log.events
  log.append({
    stream: 'paper:account',
    expectedVersion: 0,
    events: [{ ...saved!, payload: { ...saved!.payload } }],
  })
  log.keep('account-state:paper', kept)
  const { tradingLog } = await opened(log, verdict)
  expect(tradingLog.accountState.orders.has('order-1')).toBe(isUsed)
  expect(tradingLog.verdict).toEqual(verdict)
})

test('a log that is not as it was noted is read, and the doubt is recorded in it', async () => {
  const verdict: LogVerdict = { kind: 'broken', id: 1, reason: 'the event is missing' }
  const first = await opened()
  await first.write('order-1', asked())
  const { tradingLog } = await opened(first.log, verdict)
  expect(tradingLog.accountState.orders.has('order-1')).toBe(true)
  expect(first.log.events.at(-1)).toMatchObject({
    stream: 'paper:account',
    type: 'LogDoubted',
    payload: { version: 1, finding: 'broken', sentence: expect.stringContaining('at event 1: ') },
  })
})
