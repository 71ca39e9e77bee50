import { XMarkIcon } from '@heroicons/react/16/solid'
import type { StockSymbol } from '#shared/units'

interface Props {
  /** The list's name, read aloud. */
  readonly label: string
  readonly symbols: readonly StockSymbol[]
  /** Absent if nothing may be removed. */
  readonly onRemove?: ((symbol: StockSymbol) => void) | undefined
}

/** A list of symbols as small chips, each with a remove button. */
export function SymbolChips({ label, symbols, onRemove }: Props) {
  return (
    <ul aria-label={label} className="mb-2 flex flex-wrap gap-1">
      {symbols.map((symbol) => (
        <li
          key={symbol}
          className="flex h-6 items-center rounded-sm bg-raised pl-2 text-xs font-medium shadow-[0_0_0_1px_var(--line)]"
        >
          <span className={onRemove ? '' : 'pr-2'}>{symbol}</span>
          {onRemove && (
            <button
              type="button"
              aria-label={`Remove ${symbol}`}
              onClick={() => onRemove(symbol)}
              className="flex size-6 items-center justify-center rounded-sm text-muted hover:text-bad"
            >
              <XMarkIcon className="size-3.5" aria-hidden />
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
