import { systemClock as clock } from '#process/clock'
import type { LoadProgress } from '#shared/history'
import {
  checkCoverage,
  HistoricalLoader,
  readCalendar,
  reading,
  refreshCalendar,
  type Database,
} from '#storage/direct'
import { openBarSource } from './bar-source.ts'
import { openStorage, type CommandContext } from './command-context.ts'
import type { LoadOptions } from './load-options.ts'
import { coverageLine, heading, progressLine, summary, symbolLine } from './load-output.ts'
import { EXIT, type ExitCode } from './usage-error.ts'

/** Where a command writes its output. */
export interface Terminal {
  /** Prints a line of the result. */
  readonly say: (line: string) => void
  /** Redraws the progress line; does nothing if the output is not a terminal. */
  readonly draw: (line: string) => void
  /** Calls `stop` when the user presses Ctrl+C; the second time ends the process. Returns its stop. */
  readonly onInterrupt: (stop: () => void) => () => void
}

/** Loads, or only checks, and returns the exit code. */
export async function loadData(
  options: LoadOptions,
  context: CommandContext,
  terminal: Terminal,
): Promise<ExitCode> {
  const { request, json, checkOnly } = options
  if (!json) terminal.say(heading(request, context.mode === 'demo'))
  const database = await openStorage(context)
  try {
    return checkOnly
      ? await check(options, database, terminal)
      : await load(options, database, context, terminal)
  } finally {
    await database.close()
  }
}

async function check(
  { request, json }: LoadOptions,
  database: Database,
  { say }: Terminal,
): Promise<ExitCode> {
  const { symbols, startDate, endDate, feed } = request
  const coverages = await reading(database, async (reader) => {
    const calendar = await readCalendar(reader)
    return Promise.all(
      symbols.map((symbol) => checkCoverage(reader, { symbol, startDate, endDate, feed }, calendar)),
    )
  })
  if (json) {
    const shown = coverages.map(({ symbol, barsCount, missingDays, coveragePct }) => ({
      symbol,
      barsCount,
      missingDays,
      coveragePct,
    }))
    say(JSON.stringify({ startDate, endDate, feed, coverage: shown }))
  } else for (const coverage of coverages) say(coverageLine(coverage))
  return EXIT.done
}

async function load(
  { request, json }: LoadOptions,
  database: Database,
  context: CommandContext,
  { say, draw, onInterrupt }: Terminal,
): Promise<ExitCode> {
  const { client, stop } = await openBarSource(context)
  const { log } = context
  // A foreign host's calendar is not kept: what was loaded from Alpaca is judged by it too.
  const calendar =
    context.foreignHosts.length > 0
      ? await reading(database, readCalendar)
      : await refreshCalendar({ database, source: client, log, now: () => clock.now() })
  const through = new Set<string>()
  const tell = (progress: LoadProgress) => {
    if (json) return
    for (const symbol of progress.symbols) {
      if ((symbol.state !== 'done' && symbol.state !== 'failed') || through.has(symbol.symbol)) continue
      through.add(symbol.symbol)
      say(`[${through.size}/${progress.symbols.length}] ${symbolLine(symbol)}`)
    }
    draw(progressLine(progress))
  }
  if (!json) say('Loading data...')
  const startedAt = performance.now()
  let actionsProblem: string | undefined
  const loader = new HistoricalLoader(
    {
      database,
      source: client,
      calendar,
      clock,
      log,
      onActionsMissing: (reason) => (actionsProblem = reason),
    },
    tell,
  )
  const stopListening = onInterrupt(() => void loader.close())
  const end = await loader.ended(await loader.startAttended(request))
  stopListening()
  await stop()
  const seconds = (performance.now() - startedAt) / 1_000
  if (json) say(JSON.stringify(jsonResult(end, seconds, actionsProblem)))
  else {
    tell(end)
    draw('')
    say(summary(end, seconds))
    if (actionsProblem !== undefined) say(`\nSplits and dividends could not be fetched: ${actionsProblem}`)
    if (end.state === 'paused') say('\nStopped at a checkpoint. Run the same command again to continue.')
  }
  return end.state === 'done' ? EXIT.done : EXIT.failed
}

function jsonResult(
  { state, request, symbols, barsLoaded }: LoadProgress,
  seconds: number,
  actionsProblem: string | undefined,
) {
  const { startDate, endDate, feed } = request
  return {
    state: state === 'paused' ? 'stopped' : state,
    startDate,
    endDate,
    feed,
    barsLoaded,
    seconds: Math.round(seconds * 10) / 10,
    symbols: symbols.map(({ symbol, state: of, barsLoaded: bars, barsRejected, problem }) => ({
      symbol,
      state: of,
      barsLoaded: bars,
      barsRejected,
      ...(problem !== undefined && { problem }),
    })),
    ...(actionsProblem !== undefined && { actionsProblem }),
  }
}
