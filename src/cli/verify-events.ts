/** `npm run verify-events`: checks the whole event log. */
import { describeVerdict } from '#shared/trading/describe-log'
import { proveLog, reading } from '#storage/direct'
import { readAnchors } from '../main/settings/index.ts'
import { readOptions } from './arguments.ts'
import { commandContext, openStorage, runCommand } from './command-context.ts'
import { EXIT } from './usage-error.ts'

const USAGE = `Checks by the hash chain that no event was changed, removed or inserted, and compares the log with what Signal
recorded of it in the data folder. Without that record, a log rebuilt as a whole goes unnoticed; so do events that
somebody else appended after the last record.

Usage: npm run verify-events -- [--json] [--help]

Exit codes: 0 the log is intact, 1 it isn't, or the log or the record could not be read, 2 usage error.`

await runCommand(async () => {
  const values = readOptions(process.argv.slice(2), {
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) {
    console.log(USAGE)
    return EXIT.done
  }
  const context = commandContext(process.env)
  const known = readAnchors(context.dataDir)
  if ('reason' in known) console.error(`What Signal recorded of the log cannot be read: ${known.reason}`)
  const database = await openStorage(context)
  try {
    const { verdict } = await reading(database, () => proveLog(database, 'reason' in known ? [] : known, 0))
    console.log(values.json ? JSON.stringify(verdict) : describeVerdict(verdict))
    return verdict.kind === 'intact' && !('reason' in known) ? EXIT.done : EXIT.failed
  } finally {
    await database.close()
  }
})
