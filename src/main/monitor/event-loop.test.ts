import { expect, test } from 'vitest'
import { watchEventLoop } from './event-loop.ts'

function holdUp(): void {
  const until = performance.now() + 60
  while (performance.now() < until);
}

test('a blocked event loop is detected', async () => {
  const delay = watchEventLoop()
  const read = () => {
    const { p99 } = delay.read()
    holdUp()
    return p99
  }
  await expect.poll(read, { interval: 15 }).toBeGreaterThan(30)
})
