import * as z from 'zod'
import { mode, watchList, type Settings } from '#shared/settings'
import { LOG_LEVELS, type LogLevel } from '../log.ts'

/** The variables of the environment, as a plain map, so that tests and scripts can hand in their own. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What the environment says of Signal itself. Alpaca's variables are read by the Alpaca library. */
export interface SignalEnvironment {
  /** Settings that the environment fixes. */
  readonly settings: Partial<Pick<Settings, 'mode' | 'symbols'>>
  /** The variable behind each of them. */
  readonly fixed: Partial<Record<keyof Settings, string>>
  readonly dataDir?: string
  readonly demoSeed?: number
  /** Quotes per second of the demo market, all symbols together. */
  readonly demoRate?: number
  readonly logLevel: LogLevel
  /** Variables that were refused, each with its rule. They count as not set. */
  readonly warnings: readonly string[]
}

/** `AAPL,TSLA`, also with spaces and in lower case. */
const symbolList = z
  .string()
  .transform((text) => text.split(/[\s,;]+/).filter(Boolean))
  .transform((symbols) => [...new Set(symbols.map((symbol) => symbol.toUpperCase()))])
  .pipe(watchList)

const wholeNumber = (from: number, to: number) =>
  z.string().regex(/^\d+$/, 'is not a whole number').transform(Number).pipe(z.number().min(from).max(to))

const variables = {
  SIGNAL_MODE: mode,
  SIGNAL_SYMBOLS: symbolList,
  SIGNAL_DATA_DIR: z.string(),
  SIGNAL_DEMO_SEED: wholeNumber(0, 2 ** 31 - 1),
  SIGNAL_DEMO_RATE: wholeNumber(1, 200_000),
  SIGNAL_LOG_LEVEL: z.enum(LOG_LEVELS),
}

/** Reads the SIGNAL_* variables. One that does not parse is left out and named in the warnings. */
export function readEnvironment(environment: Environment): SignalEnvironment {
  const warnings: string[] = []
  const read = <K extends keyof typeof variables>(name: K): z.output<(typeof variables)[K]> | undefined => {
    const text = environment[name]
    if (text === undefined || text.trim() === '') return undefined
    const parsed = variables[name].safeParse(text.trim())
    if (parsed.success) return parsed.data as z.output<(typeof variables)[K]> // the schema under that very name
    warnings.push(`${name} is ignored: ${parsed.error.issues.map(({ message }) => message).join('; ')}`)
    return undefined
  }
  const [chosenMode, symbols] = [read('SIGNAL_MODE'), read('SIGNAL_SYMBOLS')]
  const [dataDir, demoSeed, demoRate] = [
    read('SIGNAL_DATA_DIR'),
    read('SIGNAL_DEMO_SEED'),
    read('SIGNAL_DEMO_RATE'),
  ]
  return {
    settings: { ...(chosenMode && { mode: chosenMode }), ...(symbols && { symbols }) },
    fixed: { ...(chosenMode && { mode: 'SIGNAL_MODE' }), ...(symbols && { symbols: 'SIGNAL_SYMBOLS' }) },
    ...(dataDir !== undefined && { dataDir }),
    ...(demoSeed !== undefined && { demoSeed }),
    ...(demoRate !== undefined && { demoRate }),
    logLevel: read('SIGNAL_LOG_LEVEL') ?? 'info',
    warnings,
  }
}
