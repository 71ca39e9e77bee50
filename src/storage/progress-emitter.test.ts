import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LoadProgress } from '#shared/history'
import { progressEmitter } from './progress-emitter.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const at = (barsLoaded: number, state: LoadProgress['state'] = 'running') =>
  ({ id: 'load-1', state, barsLoaded }) as LoadProgress // the fields that the emitter reads

test('progress comes ten times a second at most, the newest each time, and the end at once and once', () => {
  const bars: number[] = []
  const emit = progressEmitter(({ barsLoaded }) => bars.push(barsLoaded))
  emit(at(1))
  emit(at(2))
  emit(at(3))
  expect(bars).toEqual([1])
  vi.advanceTimersByTime(100)
  expect(bars).toEqual([1, 3])
  emit(at(4))
  emit(at(5, 'done'))
  expect(bars).toEqual([1, 3, 5])
  vi.advanceTimersByTime(1_000)
  expect(bars).toEqual([1, 3, 5])
})
