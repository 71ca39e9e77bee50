import { useState } from 'react'
import { DEFAULT_SYMBOLS, type SettingsView } from '#shared/settings'
import type { StockSymbol } from '#shared/units'
import { MOST_LISTED } from '#shared/watchlists'
import { SymbolSearch } from '../app/symbol-search.tsx'
import { removeSymbol, replaceSymbols } from '../stores/watchlist-edits.ts'
import { addToWatchlist, editWatchlists, shownIn, type EditPlan } from '../stores/watchlists.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { SymbolChips } from '../ui/symbol-chips.tsx'

const ID = 'setting-symbols'

const removal =
  (symbol: StockSymbol): EditPlan =>
  (now) => {
    const shown = shownIn(now)
    const at = shown?.symbols.indexOf(symbol) ?? -1
    if (shown === undefined || at < 0) return undefined
    return { edit: removeSymbol(shown.name, symbol, at), done: `Removed ${symbol} from ${shown.name}` }
  }

const reset: EditPlan = (now) => {
  const shown = shownIn(now)
  return (
    shown && {
      edit: replaceSymbols(shown.name, shown.symbols, DEFAULT_SYMBOLS),
      done: `Reset ${shown.name} to the default symbols`,
    }
  )
}

/** The shown watchlist as chips. What is typed, pasted or picked is added to it. */
export function SymbolsSetting({ view }: { readonly view: SettingsView }) {
  const { symbols, watchlist } = view.settings
  const [error, setError] = useState<string>()
  const fixedBy = view.fixed.symbols
  const isFree = fixedBy === undefined
  const edit = async (plan: EditPlan) => setError(await editWatchlists(plan))
  const last = symbols.at(-1)
  return (
    <Field
      label="Symbols"
      htmlFor={ID}
      hint={
        isFree
          ? `Watchlist “${watchlist}” (${symbols.length} of ${MOST_LISTED})`
          : `${symbols.length} symbols`
      }
      error={error}
      fixedBy={fixedBy}
    >
      <SymbolChips
        label="Watchlist"
        symbols={symbols}
        onRemove={isFree ? (symbol) => void edit(removal(symbol)) : undefined}
      />
      <div className="flex flex-wrap gap-2">
        <div className="min-w-56 grow">
          <SymbolSearch
            id={ID}
            disabled={!isFree}
            invalid={error !== undefined}
            noMatch="No match."
            onAdd={async (text) => {
              const { problem, left } = await addToWatchlist(text, watchlist)
              setError(problem)
              return left
            }}
            onType={() => setError(undefined)}
            onBackspace={() => last !== undefined && void edit(removal(last))}
          />
        </div>
        {isFree && <Button onClick={() => void edit(reset)}>Reset to default</Button>}
      </div>
    </Field>
  )
}
