/** `npm run verify-data`: reports what is stored and what is wrong with it. */
import { systemClock } from '#process/clock'
import type { VerificationReport } from '#shared/verification'
import { describeReport, readCalendar, reading, verifyAll } from '#storage/direct'
import { readOptions, readSymbols } from './arguments.ts'
import { commandContext, openStorage, runCommand } from './command-context.ts'
import { EXIT } from './usage-error.ts'

const USAGE = `Verifies the bars in the database: violations, gaps with their likely causes, duplicates, outliers, quality.

Usage: npm run verify-data -- [options]

  --symbols AAPL,TSLA  Symbols, comma-separated (default: all configured)
  --json               Print the reports as JSON, for scripts
  --help               Show this text

Environment: SIGNAL_DATABASE_URL (sqlite:PATH or postgres://...), SIGNAL_SYMBOLS, SIGNAL_DATA_DIR, SIGNAL_MODE.

Exit codes: 0 no invalid bars, 1 invalid bars (violations, duplicates) or a failure, 2 usage error.`

const isSound = ({ issues }: VerificationReport) =>
  issues.every(({ kind, count }) => count === 0 || (kind !== 'ohlc_violation' && kind !== 'duplicate_bars'))

await runCommand(async () => {
  const values = readOptions(process.argv.slice(2), {
    symbols: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) {
    console.log(USAGE)
    return EXIT.done
  }
  const context = commandContext(process.env)
  const symbols = readSymbols(values.symbols) ?? context.symbols
  const database = await openStorage(context)
  try {
    const calendar = await reading(database, readCalendar)
    const reports = await verifyAll(
      { database, calendar, now: () => systemClock.now() },
      symbols,
      (report) => {
        if (!values.json) console.log(describeReport(report))
      },
    )
    if (values.json) console.log(JSON.stringify(reports))
    return reports.every(isSound) ? EXIT.done : EXIT.failed
  } finally {
    await database.close()
  }
})
