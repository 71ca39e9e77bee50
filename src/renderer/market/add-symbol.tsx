import { useEffect, useState } from 'react'
import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'
import { SymbolSearch } from '../app/symbol-search.tsx'
import { describeRefusal } from '../app/describe-refusal.ts'
import { useSettings } from '../stores/settings.ts'
import { addToWatchlist, fixingVariable, tellIfRefused } from '../stores/watchlists.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useFilter } from './filter.tsx'
import { focusCell, focusGrid } from './grid-focus.ts'

interface AddSymbolState {
  /** What was typed before the box opened; absent while it is closed. */
  readonly typed?: string | undefined
  /** The symbol to go to once the box is closed. */
  readonly added?: StockSymbol | undefined
}

const useAddSymbol = create<AddSymbolState>(() => ({}))

/** Opens the box that adds symbols to the shown watchlist, with what was typed so far. */
export function openAddSymbol(typed = ''): void {
  const variable = fixingVariable()
  if (variable === undefined) useAddSymbol.setState({ typed, added: undefined })
  else tellIfRefused(describeRefusal({ kind: 'fixed', field: 'symbols', variable }))
}

/** The box that adds symbols to the shown watchlist. After Enter the added row has the focus. */
export function AddSymbol() {
  const { typed, added } = useAddSymbol()
  useEffect(() => {
    if (typed !== undefined || added === undefined) return
    useAddSymbol.setState({ added: undefined })
    goToRow(added)
  }, [typed, added])
  return typed === undefined ? null : <AddSymbolBox typed={typed} />
}

const ID = 'add-symbol'
const close = () => useAddSymbol.setState({ typed: undefined })

function AddSymbolBox({ typed }: { readonly typed: string }) {
  const [error, setError] = useState<string>()
  const name = useSettings(({ view }) => view?.settings.watchlist) ?? ''
  useEffect(() => document.getElementById(ID)?.focus(), [])

  const add = async (text: string, more: boolean): Promise<string> => {
    const { symbols, problem, left } = await addToWatchlist(text, name)
    setError(problem)
    const [first] = symbols
    if (first !== undefined) useAddSymbol.setState({ added: first })
    if (problem === undefined && !more) close()
    return left
  }

  return (
    <Dialog title={`Add to ${name}`} onClose={close} className="mt-[12vh] max-w-130">
      <div className="p-3 pt-2">
        <SymbolSearch
          id={ID}
          label="Symbol or name"
          inline
          initial={typed}
          invalid={error !== undefined}
          noMatch="No match."
          onAdd={add}
          onType={() => setError(undefined)}
        />
        <p id={`${ID}-error`} role="alert" className="mt-1.5 text-xs text-bad empty:hidden">
          {error}
        </p>
        <p id={`${ID}-hint`} className="mt-1.5 text-xs text-muted">
          Enter adds and closes, Shift+Enter adds and continues.
        </p>
      </div>
    </Dialog>
  )
}

function goToRow(symbol: StockSymbol): void {
  useFilter.setState({ text: '' })
  focusCell({ row: symbol, column: 'symbol' })
  requestAnimationFrame(focusGrid)
}
