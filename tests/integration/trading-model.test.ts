import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { disagreements, isQuiet } from '../support/trading-model/disagreements.ts'
import { isReverse, step, stepWithoutSession, take, type Step } from '../support/trading-model/steps.ts'
import { TradingWorld } from '../support/trading-model/world.ts'

/** Ten thousand histories in total, from three seeds. */
const RUNS = 3_334
const SEEDS = [1, 2, 3]
/**
 * Lookups, reconciliations and snapshots run about once a minute; what is lost is given up after a minute.
 */
const QUIET_AFTER_MS = 65_000
const QUIET_WITHIN_MS = 600_000

/** A step, and how much time passes after it. */
type Moment = readonly [step: Step, ms: number]

/** Runs all steps, then lets everything settle; returns what is not as it must be. */
async function live(prelude: readonly Step[], moments: readonly Moment[]): Promise<readonly string[]> {
  const world = new TradingWorld()
  const failed: string[] = []
  const unanswered = new Set<number>()
  world.onSending = (id) =>
    void (
      isReverse(id) &&
      !wasFlat(world, id) &&
      failed.push(`reverse ${id} opened before the position was flat`)
    )
  for (const [nth, one] of prelude.entries()) await take(one, world, nth - prelude.length, () => {})
  void world.trading

  for (const [nth, [one, ms]] of moments.entries()) {
    const call = (answer: unknown): void => {
      unanswered.add(nth)
      void Promise.resolve(answer)
        .catch((cause: unknown) => void failed.push(`${one.do} failed: ${String(cause)}`))
        .finally(() => unanswered.delete(nth))
    }
    await take(one, world, nth, call)
    if (one.do === 'crash') unanswered.clear() // nobody waits now
    await world.clock.turn(ms)
  }

  world.heal()
  const until = world.clock.now() + QUIET_WITHIN_MS
  void world.trading
  do await world.clock.turn(QUIET_AFTER_MS)
  while (!isQuiet(world) && world.clock.now() < until)
  return [
    ...failed,
    ...[...unanswered].map((nth) => `${moments[nth]?.[0].do} was not answered`),
    ...disagreements(world, overBefore(world)),
  ]
}

/** Whether the exchange said that it holds nothing after the order which closes the position had filled. */
function wasFlat({ exchange, log, flatReads }: TradingWorld, id: string): boolean {
  const closing = log.events
    .find(({ payload }) => payload['opens'] === id)
    ?.stream.replace('paper:order:', '')
  const fill = exchange.executions.findLast(({ clientOrderId }) => clientOrderId === closing)
  return fill !== undefined && (flatReads.get(fill.symbol) ?? 0) >= fill.at
}

/** Orders that had ended before the account state began: it need not have them. */
function overBefore({ exchange, log }: TradingWorld): ReadonlySet<string> {
  const began = log.events.find(({ type }) => type === 'AccountOpened')?.at ?? Infinity
  const open = new Set(exchange.open)
  const over = exchange.orders.filter((order) => !open.has(order) && (order.updatedAt ?? 0) <= began)
  return new Set(over.map(({ id }) => id))
}

test.each(SEEDS)(
  'no order is sent twice, no fill is lost, flat is flat, and once it is quiet positions, what they cost and the profit are the exchange’s: histories of seed %i',
  { timeout: 600_000 },
  async (seed) => {
    const unhandled: unknown[] = []
    const onUnhandled = (cause: unknown) => void unhandled.push(cause)
    process.on('unhandledRejection', onUnhandled)
    const before = fc.array(stepWithoutSession, { maxLength: 5 })
    const moment = fc.tuple(step, fc.constantFrom(0, 0, 0, 1, 2, 4, 7, 20, 20, 300, 3_000))
    const history = fc.array(moment, { minLength: 10, maxLength: 40, size: 'max' })
    await fc.assert(
      fc.asyncProperty(before, history, async (prelude, moments) => {
        expect([...(await live(prelude, moments)), ...unhandled.splice(0)]).toEqual([])
      }),
      { numRuns: RUNS, seed },
    )
    process.off('unhandledRejection', onUnhandled)
  },
)
