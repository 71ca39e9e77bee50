import { expect, test } from 'vitest'
import { err, ok } from '#shared/result'
import { stockSymbol, toPrice } from '#shared/units'
import type { Clock } from '#process/clock'
import { silentLog } from '#process/log'
import { BarWriter } from './bar-writer.ts'
import type { StorageApi } from '#storage'

const AAPL = stockSymbol.parse('AAPL')
const one = toPrice(1)
const bar = (at: number, volume: number) => ({ at, open: one, high: one, low: one, close: one, volume })

/** A clock whose timers run when the test says so, and a database that answers what the test says. */
function setUp(answers: boolean[]) {
  const due: { delayMs: number; run: () => void }[] = []
  const clock: Clock = {
    now: () => 0,
    after(delayMs, run) {
      due.push({ delayMs, run })
      return () => undefined
    },
    every: () => () => undefined,
  }
  const calls: { at: number; volume: number }[][] = []
  const store: StorageApi['bars']['store'] = (batches) => {
    calls.push(batches.flatMap(({ bars }) => bars.map(({ at, volume }) => ({ at, volume }))))
    const answer = answers.shift() ?? true
    return Promise.resolve(
      answer
        ? ok({ stored: 1, refused: 0 })
        : err({ kind: 'lost' as const, message: 'The connection broke.' }),
    )
  }
  const tick = async () => {
    due.shift()?.run()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { writer: new BarWriter(store, clock, silentLog), calls, due, tick }
}

test('bars that arrive together are sent together, each correction replacing the bar it corrects', async () => {
  const { writer, calls, due, tick } = setUp([])
  writer.write(AAPL, 'iex', bar(0, 1))
  writer.write(AAPL, 'iex', bar(60_000, 2))
  writer.write(AAPL, 'iex', bar(0, 3))
  expect(due).toHaveLength(1)
  await tick()
  expect(calls).toEqual([
    [
      { at: 0, volume: 3 },
      { at: 60_000, volume: 2 },
    ],
  ])
  expect(due).toEqual([])
})

test('bars that could not be stored are kept and retried, and a newer correction overrides them', async () => {
  const { writer, calls, due, tick } = setUp([false, true])
  writer.write(AAPL, 'iex', bar(0, 1))
  writer.write(AAPL, 'iex', bar(60_000, 1))
  const first = tick()
  writer.write(AAPL, 'iex', bar(0, 9))
  await first
  expect(due.map(({ delayMs }) => delayMs)).toEqual([5_000])
  await tick()
  expect(calls[1]).toEqual([
    { at: 0, volume: 9 },
    { at: 60_000, volume: 1 },
  ])
  expect(due).toEqual([])
})
