/**
 * A process that keeps vitest warm over many mutants: it is told the file that changed and the tests to run, and answers the
 * name of the test that failed, or nothing. Ended from outside when a mutant never ends.
 */
import { BaseSequencer, createVitest } from 'vitest/node'

const root = process.cwd()

class AsGiven extends BaseSequencer {
  /** @override @param {import('vitest/node').TestSpecification[]} files */
  sort(files) {
    return Promise.resolve(files)
  }
}

const vitest = await createVitest('test', {
  root,
  watch: false,
  bail: 1,
  maxWorkers: 1,
  isolate: false,
  reporters: [{}],
  sequence: { sequencer: AsGiven },
})
await vitest.standalone()
const specifications = await vitest.globTestSpecifications()

/** @param {{ changed: string, tests: readonly string[] }} order */
async function run({ changed, tests }) {
  vitest.invalidateFile(changed)
  const chosen = tests.flatMap((test) => specifications.filter(({ moduleId }) => moduleId === test))
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(chosen)
  vitest.invalidateFile(changed) // it is put right before the next one
  for (const module of testModules) {
    for (const { fullName } of module.children.allTests('failed'))
      return `${module.relativeModuleId}: ${fullName}`
    if (module.state() === 'failed') return `${module.relativeModuleId}: could not be loaded`
  }
  return unhandledErrors.length > 0 ? `unhandled: ${String(unhandledErrors[0])}` : undefined
}

process.on('message', (order) => {
  void run(/** @type {{ changed: string, tests: readonly string[] }} */ (order)).then((killer) =>
    process.send?.({ killer }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: true })
