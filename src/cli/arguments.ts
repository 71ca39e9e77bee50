import { parseArgs, type ParseArgsConfig } from 'node:util'
import * as z from 'zod'
import { stockSymbol, type StockSymbol } from '#shared/units'
import { UsageError } from './usage-error.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** Reads a command line's options; an unknown or incomplete one is a {@link UsageError}. */
export function readOptions<O extends Options>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
  } catch (cause) {
    if (cause instanceof TypeError) throw new UsageError(cause.message)
    throw cause
  }
}

/** Reads `AAPL,TSLA`, also with spaces and in lower case; undefined if the option is absent. */
export function readSymbols(text: string | undefined): readonly StockSymbol[] | undefined {
  if (text === undefined) return undefined
  const names = text.split(/[\s,]+/).filter(Boolean)
  const symbols = stockSymbol
    .array()
    .min(1, 'names no symbol')
    .safeParse(names.map((name) => name.toUpperCase()))
  if (!symbols.success) throw new UsageError(`--symbols ${text}: ${z.prettifyError(symbols.error)}`)
  return [...new Set(symbols.data)]
}
