/**
 * A process that keeps vitest warm over many mutants: it receives the file that changed and the tests to run, and answers the
 * name of the test that failed, or nothing, and how long each file took. Ended from outside when a mutant never ends.
 */
import { BaseSequencer, createVitest } from 'vitest/node'
import * as z from 'zod'

class AsGiven extends BaseSequencer {
  /** @override @param {import('vitest/node').TestSpecification[]} files */
  sort(files) {
    return Promise.resolve(files)
  }
}

/** The first test that failed in this run. @type {string | undefined} */
let killer
/** How long the tests of each file of this run took, ms. @type {Record<string, number>} */
let took = {}
/** @type {import('vitest/node').Reporter} */
const reporter = {
  onTestCaseResult(test) {
    if (test.result().state === 'failed') killer ??= `${test.module.relativeModuleId}: ${test.fullName}`
  },
  onTestModuleEnd(module) {
    took[module.moduleId] = module.diagnostic().duration
    if (module.state() === 'failed') killer ??= `${module.relativeModuleId}: as a whole`
  },
}

const [, , without = ''] = process.argv

const vitest = await createVitest('test', {
  root: process.cwd(),
  watch: false,
  bail: 1,
  maxWorkers: 1,
  isolate: false,
  // On a busy machine a test is slow without a fault.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  reporters: [reporter],
  ...(without !== '' && { testNamePattern: new RegExp(`^(?!.*${without})`) }),
  sequence: { sequencer: AsGiven },
})
await vitest.standalone()
const specifications = await vitest.globTestSpecifications()

/** The file that was changed last. @type {string | undefined} */
let before

/** @param {string} changed @param {readonly string[]} tests */
async function run(changed, tests) {
  if (before !== undefined) vitest.invalidateFile(before) // it was restored
  vitest.invalidateFile(changed)
  before = changed
  killer = undefined
  took = {}
  const chosen = tests.flatMap((test) => specifications.filter(({ moduleId }) => moduleId === test))
  const { unhandledErrors } = await vitest.runTestSpecifications(chosen)
  return killer ?? (unhandledErrors.length > 0 ? `unhandled: ${String(unhandledErrors[0])}` : undefined)
}

const order = z.object({ changed: z.string(), tests: z.array(z.string()) })

process.on('message', (message) => {
  const { changed, tests } = order.parse(message)
  void run(changed, tests).then((found) => process.send?.({ killer: found, took }))
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })
