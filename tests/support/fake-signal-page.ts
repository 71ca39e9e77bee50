import '../../src/renderer/without-eval.ts'
import { createFakeMain, type FakeMain } from './fake-signal.ts'

/** Runs in a page in place of the preload, and moves the market ten times a second unless `still` is set. */
const page = globalThis as typeof globalThis & {
  signal?: FakeMain['api']
  fake?: FakeMain
  still?: boolean
  welcomed?: boolean
}
const fake = createFakeMain({ welcomed: page.welcomed === true })
page.fake = fake
page.signal = fake.api
if (page.still !== true) {
  setInterval(() => fake.tick(), 100)
  setInterval(() => fake.work(1), 200)
  setInterval(() => fake.reprice(), 250)
  setInterval(() => fake.workOrders(1), 800)
  setInterval(() => fake.stats({}), 1_000)
}
