import { parseArgs, type ParseArgsConfig } from 'node:util'
import { describeBadSymbols, readSymbolList } from '#shared/symbol-list'
import type { StockSymbol } from '#shared/units'
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

/** Reads `AAPL,TSLA` in any spelling, also with spaces; undefined if the option is absent. */
export function readSymbols(text: string | undefined): readonly StockSymbol[] | undefined {
  if (text === undefined) return undefined
  const { symbols, bad } = readSymbolList(text)
  if (bad.length > 0) throw new UsageError(`--symbols ${text}: ${describeBadSymbols(bad)}`)
  if (symbols.length === 0) throw new UsageError(`--symbols ${text}: names no symbol`)
  return symbols
}
