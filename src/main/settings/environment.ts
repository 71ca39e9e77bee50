import * as z from 'zod'
import { mode, type Settings } from '#shared/settings'
import { describeBadSymbols, readSymbolList } from '#shared/symbol-list'
import { someSymbols } from '#shared/watchlists'
import { LOG_LEVELS, type LogLevel } from '#process/log'

/** The environment variables as a plain map, so that tests and scripts can pass in their own. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The environment this process was started with. Everything else gets it as an argument. */
export const systemEnvironment: Environment = process.env

/** Makes Node accept any certificate, so that anybody on the network can pass for Alpaca. */
const TLS_OVERRIDE = 'NODE_TLS_REJECT_UNAUTHORIZED'

/** Removes the variable that turns off the check of certificates. Returns what to tell the user. */
export function removeTlsOverride(environment: { [name: string]: string | undefined }): readonly string[] {
  if (environment[TLS_OVERRIDE] === undefined) return []
  delete environment[TLS_OVERRIDE]
  return [`${TLS_OVERRIDE} was removed: Signal always checks certificates. Unset it where you set it.`]
}

/** Reads the environment of this process, without what would lower TLS. Called before anything connects. */
export function readSystemEnvironment(): SignalEnvironment {
  const removed = removeTlsOverride(process.env)
  const read = readEnvironment(process.env)
  return { ...read, warnings: [...removed, ...read.warnings] }
}

/** The environment's settings for Signal itself. Alpaca's variables are read by the Alpaca library. */
export interface SignalEnvironment {
  /** Settings that the environment fixes. */
  readonly settings: Partial<Pick<Settings, 'mode' | 'symbols'>>
  /** The variable that fixes each of them. */
  readonly fixed: Partial<Record<keyof Settings, string>>
  readonly dataDir?: string
  /** Not checked here: storage reads it. It may contain a password. */
  readonly databaseUrl?: string
  readonly demoSeed?: number
  /** Quotes per second of the demo market, all symbols together. */
  readonly demoRate?: number
  readonly logLevel: LogLevel
  /** Variables that were rejected, each with its rule. They count as not set. */
  readonly warnings: readonly string[]
}

const wholeNumber = (from: number, to: number) =>
  z.string().regex(/^\d+$/, 'is not a whole number').transform(Number).pipe(z.number().min(from).max(to))

/** Reads the SIGNAL_* variables. An invalid one is left out and named in the warnings. */
export function readEnvironment(environment: Environment): SignalEnvironment {
  const warnings: string[] = []
  const read = <T>(name: string, schema: z.ZodType<T>): T | undefined => {
    const text = environment[name]?.trim()
    if (!text) return undefined
    const parsed = schema.safeParse(text)
    if (!parsed.success) {
      warnings.push(`${name} is ignored: ${parsed.error.issues.map(({ message }) => message).join('; ')}`)
    }
    return parsed.data
  }
  const chosenMode = read('SIGNAL_MODE', mode)
  const symbolList = z
    .string()
    .transform((text): readonly string[] => {
      const { symbols, bad } = readSymbolList(text)
      if (bad.length > 0) warnings.push(`SIGNAL_SYMBOLS: ${describeBadSymbols(bad)}`)
      return symbols
    })
    .pipe(someSymbols)
  const symbols = read('SIGNAL_SYMBOLS', symbolList)
  const dataDir = read('SIGNAL_DATA_DIR', z.string())
  const databaseUrl = read('SIGNAL_DATABASE_URL', z.string())
  const demoSeed = read('SIGNAL_DEMO_SEED', wholeNumber(0, 2 ** 31 - 1))
  const demoRate = read('SIGNAL_DEMO_RATE', wholeNumber(1, 200_000))
  return {
    settings: { ...(chosenMode && { mode: chosenMode }), ...(symbols && { symbols }) },
    fixed: { ...(chosenMode && { mode: 'SIGNAL_MODE' }), ...(symbols && { symbols: 'SIGNAL_SYMBOLS' }) },
    ...(dataDir !== undefined && { dataDir }),
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(demoSeed !== undefined && { demoSeed }),
    ...(demoRate !== undefined && { demoRate }),
    logLevel: read('SIGNAL_LOG_LEVEL', z.enum(LOG_LEVELS)) ?? 'info',
    warnings,
  }
}
