import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { disagreements, isQuiet } from '../../../tests/support/trading-model/disagreements.ts'
import { step, take, type Step } from '../../../tests/support/trading-model/steps.ts'
import { TradingWorld } from '../../../tests/support/trading-model/world.ts'

const RUNS = Number(process.env['RUNS'] ?? 10_000)
/** Looks, comparisons and snapshots come about each minute; what is lost is given up after a minute. */
const QUIET_AFTER_MS = 65_000
const QUIET_WITHIN_MS = 600_000

/** Lets everything happen, then lets everything become quiet; answers what is not as it must be. */
async function live(steps: readonly Step[]): Promise<readonly string[]> {
  const world = new TradingWorld()
  let waiting = 0
  const rejected: string[] = []
  const call = (answer: unknown): void => {
    const { generation } = world
    waiting++
    void Promise.resolve(answer)
      .catch((cause: unknown) => void rejected.push(`a call failed: ${String(cause)}`))
      .finally(() => void (generation === world.generation && waiting--))
  }
  for (const [nth, one] of steps.entries()) {
    await take(one, world, nth, call)
    if (one.do === 'crash') waiting = 0
  }
  world.heal()
  const until = world.clock.now() + QUIET_WITHIN_MS
  void world.trading
  do await world.clock.turn(QUIET_AFTER_MS)
  while (!isQuiet(world) && world.clock.now() < until)
  return [
    ...rejected,
    ...(waiting > 0 ? [`${waiting} calls were not answered`] : []),
    ...disagreements(world),
  ]
}

test(
  'no order is sent twice, no fill is lost, and once it is quiet the books are the exchange’s',
  { timeout: 240_000 },
  async () => {
    const unhandled: unknown[] = []
    const onUnhandled = (cause: unknown) => void unhandled.push(cause)
    process.on('unhandledRejection', onUnhandled)
    const history = fc.array(step, { minLength: 5, maxLength: 40, size: 'max' })
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        expect(await live(steps)).toEqual([])
        await new Promise<void>((resolve) => void setImmediate(resolve))
        expect(unhandled.splice(0)).toEqual([])
      }),
      { numRuns: RUNS },
    )
    process.off('unhandledRejection', onUnhandled)
  },
)
