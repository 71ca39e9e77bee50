import { beforeEach, expect, test, vi } from 'vitest'
import { createPainter } from './painter.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  return () => vi.useRealTimers()
})

function painter() {
  const commits: { at: number; values: Record<string, number> }[] = []
  const painter = createPainter<string, number>({
    commit: (values) => commits.push({ at: Date.now() - 1_000_000, values: Object.fromEntries(values) }),
    intervalOf: (key) => (key === 'FOCUSED' ? 100 : 250),
    now: Date.now,
    schedule: (delayMs, run) => setTimeout(run, delayMs),
  })
  return {
    commits,
    clear: () => painter.clear(),
    offer: (values: Record<string, number>) => painter.offer(Object.entries(values)),
  }
}

test('a price that comes after a pause is on the screen in the next frame', () => {
  const { commits, offer } = painter()
  offer({ AAPL: 1 })
  vi.advanceTimersByTime(1)
  expect(commits).toEqual([{ at: 0, values: { AAPL: 1 } }])
})

test('a price is painted four times a second at most, and the last one is never lost', () => {
  const { commits, offer } = painter()
  for (let tick = 0; tick < 100; tick += 1) {
    offer({ AAPL: tick })
    vi.advanceTimersByTime(10)
  }
  vi.advanceTimersByTime(1_000)
  expect(commits.length).toBeLessThanOrEqual(6)
  expect(commits.at(-1)?.values).toEqual({ AAPL: 99 })
})

test('the row that is looked at is painted ten times a second', () => {
  const { commits, offer } = painter()
  for (let tick = 0; tick < 100; tick += 1) {
    offer({ FOCUSED: tick })
    vi.advanceTimersByTime(10)
  }
  expect(commits.length).toBeGreaterThanOrEqual(9)
  expect(commits.length).toBeLessThanOrEqual(11)
})

test('a symbol that waits does not hold up one that is due', () => {
  const { commits, offer } = painter()
  offer({ AAPL: 1 })
  vi.advanceTimersByTime(20)
  offer({ AAPL: 2 })
  offer({ TSLA: 3 })
  vi.advanceTimersByTime(1)
  expect(commits.at(-1)?.values).toEqual({ TSLA: 3 })
  vi.advanceTimersByTime(300)
  expect(commits.at(-1)?.values).toEqual({ AAPL: 2 })
})

test('symbols that wait are shown together', () => {
  const { commits, offer } = painter()
  vi.advanceTimersByTime(10)
  offer({ AAPL: 1 })
  vi.advanceTimersByTime(20)
  offer({ AAPL: 2, TSLA: 1 })
  vi.advanceTimersByTime(1)
  offer({ TSLA: 2 })
  vi.advanceTimersByTime(400)
  expect(commits.at(-1)?.values).toEqual({ AAPL: 2, TSLA: 2 })
})

test('nothing of the old market is painted once the market was changed', () => {
  const { commits, clear, offer } = painter()
  offer({ AAPL: 1 })
  clear()
  vi.advanceTimersByTime(1_000)
  expect(commits).toEqual([])
})
