import { parseArgs } from 'node:util'
import * as z from 'zod'
import { demoMarketOptions, type DemoMarketOptions } from './options.ts'

/** What `--help` prints. */
export const USAGE = `Usage: npm run demo-market -- [options]

Starts an Alpaca-compatible market on 127.0.0.1 and prints the lines that point a client at it,
with keys made for this start.

  --port N         port; any free one if left out
  --seed N         the same seed gives the same prices (default 1)
  --rate N         quotes per second, all symbols together, 1 to 200000 (default 100)
  --symbols A,B    symbols that share the rate (default: Signal's default watchlist)
  --clock real     keep US market hours (default: always open)
  --account-file F keep the account, its orders and its fills in that file (default: in memory)
  --control        allow faults over HTTP: POST /demo/faults, POST /demo/behave, GET /demo/sent,
                   GET /demo/orders, each with "Authorization: Bearer TOKEN" (printed at the start)
  --help           this text
`

const whole = (text: string | undefined) => (text === undefined ? undefined : Number(text))

/** The options given as arguments, 'help', or a description of what is wrong with them. */
export function readArguments(
  args: readonly string[],
): DemoMarketOptions | 'help' | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        seed: { type: 'string' },
        rate: { type: 'string' },
        symbols: { type: 'string' },
        clock: { type: 'string' },
        'account-file': { type: 'string' },
        control: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
    if (values.help === true) return 'help'
    const given = {
      port: whole(values.port),
      seed: whole(values.seed),
      rate: whole(values.rate),
      symbols: values.symbols?.split(',').map((symbol) => symbol.trim().toUpperCase()),
      clock: values.clock,
      accountFile: values['account-file'],
      control: values.control,
    }
    return demoMarketOptions.parse(given)
  } catch (cause) {
    if (cause instanceof z.ZodError) {
      const [issue] = cause.issues
      return {
        problem: `--${String(issue?.path[0]).replace('accountFile', 'account-file')}: ${issue?.message ?? 'is wrong'}`,
      }
    }
    if (cause instanceof TypeError) return { problem: cause.message }
    throw cause
  }
}
