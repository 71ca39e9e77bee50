import { useState } from 'react'
import type { StockSymbol } from '#shared/units'
import { SymbolSearch } from '../app/symbol-search.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { SymbolChips } from '../ui/symbol-chips.tsx'
import { describeBadSymbols, readSymbolList, withSymbols } from '#shared/symbol-list'
import { MOST_SYMBOLS, useChosenSymbols, useWizard } from './wizard.ts'

const SEARCH_ID = 'history-symbols'

const choose = (symbols: readonly StockSymbol[] | undefined) => useWizard.setState({ symbols })

/** Which symbols to load: the watchlist, until the trader changes it here. */
export function SymbolsField() {
  const symbols = useChosenSymbols()
  const isWatchList = useWizard((wizard) => wizard.symbols === undefined)
  const [error, setError] = useState<string>()

  const add = (text: string): string => {
    const read = readSymbolList(text)
    const next = withSymbols(symbols, read.symbols)
    if (next.length > MOST_SYMBOLS) {
      setError(`Limit ${MOST_SYMBOLS} symbols; this would make ${next.length}.`)
      return text
    }
    setError(read.bad.length > 0 ? describeBadSymbols(read.bad) : undefined)
    if (next.length > symbols.length) choose(next)
    return read.bad.join(', ')
  }

  return (
    <Field
      label="Symbols"
      htmlFor={SEARCH_ID}
      hint={
        isWatchList
          ? `Copied from your watchlist (${symbols.length}); edits don’t change it.`
          : `${symbols.length} of ${MOST_SYMBOLS} symbols`
      }
      error={error}
    >
      {symbols.length === 0 ? (
        <p className="mb-2 text-muted">No symbols selected. </p>
      ) : (
        <SymbolChips
          label="Selected symbols"
          symbols={symbols}
          onRemove={(symbol) => choose(symbols.filter((other) => other !== symbol))}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <div className="min-w-56 grow">
          <SymbolSearch
            id={SEARCH_ID}
            noMatch="No match; Enter adds it."
            invalid={error !== undefined}
            onAdd={add}
            onType={() => setError(undefined)}
            onBackspace={() => choose(symbols.slice(0, -1))}
          />
        </div>
        {!isWatchList && <Button onClick={() => choose(undefined)}>Watchlist</Button>}
        {symbols.length > 0 && (
          <Button look="quiet" onClick={() => choose([])}>
            Clear
          </Button>
        )}
      </div>
    </Field>
  )
}
