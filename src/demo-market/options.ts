import * as z from 'zod'
import { DEFAULT_SYMBOLS } from '#shared/settings'
import { stockSymbol } from '#shared/units'

/** A demo market's options. All of them may be omitted. */
export const demoMarketOptions = z.object({
  /** On 127.0.0.1; 0 picks any free port. */
  port: z.number().int().min(0).max(65_535).default(0),
  /** The same seed gives the same prices. */
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
  /** Quotes per second, of all symbols together. */
  rate: z
    .number()
    .min(1, 'is at least 1 quote per second')
    .max(200_000, 'is at most 200,000 quotes per second')
    .default(100),
  /** The symbols that share the rate; others join while somebody subscribes to them. */
  symbols: stockSymbol
    .array()
    .min(1, 'needs at least one symbol')
    .default([...DEFAULT_SYMBOLS]),
  /** Always open, or New York's hours. */
  clock: z.enum(['open', 'real']).default('open'),
  /** Whether faults can be set over HTTP, at /demo/, by whoever has the control token. */
  control: z.boolean().default(false),
  /** How many connections may be authenticated on one feed at a time; Alpaca allows one. */
  connectionLimit: z.number().int().positive().default(1),
  /**
   * The file that stores the account as JSON lines, so that it outlives the process; if absent, each start is
   * a new account.
   */
  accountFile: z.string().min(1).optional(),
  /** Those of an earlier start, so that its clients find their account again; new ones if absent. */
  keys: z.object({ key: z.string().min(20), secret: z.string().min(40) }).optional(),
  /** Stops the clock at that time (epoch ms): only advance() moves it. For tests. */
  startAt: z.number().int().positive().optional(),
})
export type DemoMarketOptions = z.input<typeof demoMarketOptions>
