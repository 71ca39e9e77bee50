import { expect, test } from 'vitest'
import type { LoadProgress } from '#shared/history'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { progressEmitter } from './progress-emitter.ts'

const at = (barsLoaded: number, state: LoadProgress['state'] = 'running') =>
  ({ id: 'load-1', state, barsLoaded }) as LoadProgress // the fields that the emitter reads

test('progress is sent at most ten times a second, always the newest, and the end once, immediately', async () => {
  const bars: number[] = []
  const clock = new ManualClock(1_000)
  const emit = progressEmitter(({ barsLoaded }) => bars.push(barsLoaded), clock)
  emit(at(1))
  emit(at(2))
  emit(at(3))
  expect(bars).toEqual([1])
  await clock.turn(100)
  expect(bars).toEqual([1, 3])
  emit(at(4))
  emit(at(5, 'done'))
  expect(bars).toEqual([1, 3, 5])
  await clock.turn(1_000)
  expect(bars).toEqual([1, 3, 5])
})
