import { readSymbol } from '#shared/symbol-list'
import { useSettings } from '../stores/settings.ts'
import { Button } from '../ui/button.tsx'
import { openAddSymbol } from './add-symbol.tsx'
import { useFilter } from './filter.tsx'

interface Props {
  /** The filter that no row matches. */
  readonly filter: string
  /** The list itself has no symbols. */
  readonly isEmpty: boolean
}

/** In place of the grid: why there is no row, and what to do. */
export function EmptyList({ filter, isEmpty }: Props) {
  const isFixed = useSettings(({ view }) => view?.fixed.symbols !== undefined)
  const text = filter.trim()
  const symbol = readSymbol(text)
  const clear = () => useFilter.setState({ text: '' })
  if (isEmpty) {
    return (
      <div className="m-auto px-6 py-10 text-center">
        <p className="font-medium">Empty watchlist. Type a symbol to add it.</p>
        <Button className="mt-3" onClick={() => openAddSymbol()}>
          Add symbol
        </Button>
      </div>
    )
  }
  return (
    <div className="m-auto px-6 py-10 text-center">
      <p className="font-medium">“{text}” isn’t on this watchlist.</p>
      <div className="mt-3 flex justify-center gap-2">
        {symbol !== undefined && !isFixed && (
          <Button onClick={() => openAddSymbol(symbol)}>Add {symbol}</Button>
        )}
        <Button onClick={clear}>Clear filter</Button>
      </div>
    </div>
  )
}
