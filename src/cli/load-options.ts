import * as z from 'zod'
import { exchangeDayOf } from '#shared/exchange-calendar'
import { barFeed, loadRequest, type BarFeed, type LoadRequest } from '#shared/history'
import type { EpochMs, ExchangeDay } from '#shared/units'
import { readOptions, readSymbols } from './arguments.ts'
import type { CommandContext } from './command-context.ts'
import { UsageError } from './usage-error.ts'

/** The options of `npm run load-data`. */
export interface LoadOptions {
  readonly request: LoadRequest
  readonly checkOnly: boolean
  readonly json: boolean
}

export const LOAD_USAGE = `Loads one-minute bars from Alpaca into the database, and known splits, symbol changes and dividends.
Loads only the bars that are missing.

Usage: npm run load-data -- [options]

  --symbols AAPL,TSLA      Symbols, comma-separated (default: all configured)
  --start-date 2019-11-15  First day, YYYY-MM-DD (default: 5 years ago)
  --end-date 2024-11-15    Last day, YYYY-MM-DD (default: today)
  --check-only             Only show what is stored and what is missing
  --feed sip               sip: all exchanges, up to 16 minutes ago; iex: IEX alone (default: sip)
  --json                   Print the result as JSON, for scripts
  --help                   Show this text

Environment: ALPACA_API_KEY and ALPACA_API_SECRET (without them bars come from the built-in demo market),
SIGNAL_DATABASE_URL (sqlite:PATH or postgres://...), SIGNAL_SYMBOLS, SIGNAL_DATA_DIR, SIGNAL_MODE.

Exit codes: 0 everything is stored, 1 something failed or was stopped, 2 usage error.
Ctrl+C stops at a checkpoint; the same command continues from there.`

/** Reads the command line; returns `help` if that is requested. */
export function readLoadOptions(
  args: readonly string[],
  context: CommandContext,
  now: EpochMs,
): LoadOptions | 'help' {
  const values = readOptions(args, {
    symbols: { type: 'string' },
    'start-date': { type: 'string' },
    'end-date': { type: 'string' },
    feed: { type: 'string' },
    'check-only': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  })
  if (values.help) return 'help'
  const today = exchangeDayOf(now)
  const request = loadRequest.safeParse({
    symbols: readSymbols(values.symbols) ?? context.symbols,
    startDate: values['start-date'] ?? yearsBefore(today, 5),
    endDate: values['end-date'] ?? today,
    feed: feedOf(values.feed, context),
  })
  if (!request.success) throw new UsageError(describeOption(request.error))
  return { request: request.data, checkOnly: values['check-only'], json: values.json }
}

/** The demo market's and a foreign host's bars are stored under names of their own. */
function feedOf(text: string | undefined, { mode, foreignHosts }: CommandContext): BarFeed {
  if (mode === 'demo') return 'demo'
  const feed = readFeed(text)
  if (foreignHosts.length === 0) return feed
  if (mode === 'live')
    throw new UsageError(
      `Live uses Alpaca's own hosts only, but the environment leads to ${foreignHosts.join(' and ')}. Unset ALPACA_BASE_URL, ALPACA_DATA_URL and ALPACA_WS_URL.`,
    )
  return 'foreign'
}

function readFeed(text = 'sip'): BarFeed {
  const feed = barFeed.exclude(['demo', 'foreign']).safeParse(text)
  if (!feed.success) throw new UsageError(`--feed is sip or iex, not ${text}`)
  return feed.data
}

const OPTION: Readonly<Record<string, string>> = {
  startDate: '--start-date',
  endDate: '--end-date',
  symbols: '--symbols',
}

const describeOption = ({ issues }: z.ZodError) =>
  issues.map(({ path, message }) => `${OPTION[String(path[0])] ?? 'The range'} ${message}`).join('\n')

/** The same day that many years earlier; February 29 becomes February 28. */
export function yearsBefore(day: ExchangeDay, years: number): ExchangeDay {
  const earlier = `${Number(day.slice(0, 4)) - years}${day.slice(4)}`
  return new Date(`${earlier}T00:00:00Z`).toJSON()?.startsWith(earlier) ? earlier : `${earlier.slice(0, 8)}28`
}
