/** `npm run verify-events`: proves that the event log is intact. */
import { reading, verifyEvents } from '#storage/direct'
import { readOptions } from './arguments.ts'
import { commandContext, openStorage, runCommand } from './command-context.ts'
import { EXIT } from './usage-error.ts'

const USAGE = `Proves by the chain of hashes that no event was changed, removed or put in between.

Usage: npm run verify-events -- [--json] [--help]

Exit codes: 0 the log is intact, 1 it is not or it could not be read, 2 it was not asked properly.`

await runCommand(async () => {
  const values = readOptions(process.argv.slice(2), {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) {
    console.log(USAGE)
    return EXIT.done
  }
  const database = await openStorage(commandContext(process.env))
  try {
    const verdict = await reading(database, (reader) => verifyEvents(reader))
    if (values.json) console.log(JSON.stringify(verdict))
    else if (verdict.kind === 'broken') console.log(`BROKEN at event ${verdict.id}: ${verdict.reason}.`)
    else console.log(`Intact: ${verdict.events} events; the last hash is ${verdict.lastHash || 'none'}.`)
    return verdict.kind === 'intact' ? EXIT.done : EXIT.failed
  } finally {
    await database.close()
  }
})
