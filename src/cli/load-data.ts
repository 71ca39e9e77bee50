/** `npm run load-data`: downloads history into the database, without a window. */
import { systemClock } from '#process/clock'
import { commandContext, runCommand } from './command-context.ts'
import { loadData } from './load-command.ts'
import { LOAD_USAGE, readLoadOptions } from './load-options.ts'
import { systemTerminal } from './terminal.ts'
import { EXIT } from './usage-error.ts'

await runCommand(async () => {
  const context = commandContext(process.env)
  const options = readLoadOptions(process.argv.slice(2), context, systemClock.now())
  if (options !== 'help') return loadData(options, context, systemTerminal())
  console.log(LOAD_USAGE)
  return EXIT.done
})
