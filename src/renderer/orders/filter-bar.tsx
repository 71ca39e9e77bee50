import { ArrowDownTrayIcon, MagnifyingGlassIcon } from '@heroicons/react/16/solid'
import { CLOSED_STATES } from '#shared/trading/order'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { CONTROL } from '../ui/field.tsx'
import { isFiltering, NO_FILTER, type TradeFilter } from './filters.ts'
import { STATE_WORDS } from './describe-state.ts'

/** The id of the field that the filter key focuses. */
export const FILTER_ID = 'orders-filter'

interface Props {
  readonly filter: TradeFilter
  readonly onChange: (filter: TradeFilter) => void
  readonly withState?: boolean
  /** Such as `12 of 40 fills`. */
  readonly count: string
  readonly onExport: () => void
  readonly canExport: boolean
}

/** Filters a list by text, side, state and day, and exports the result to a file. */
export function FilterBar({ filter, onChange, withState = false, count, onExport, canExport }: Props) {
  const change = (part: Partial<TradeFilter>) => onChange({ ...filter, ...part })
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-2 py-1.5">
      <div className="relative w-44 min-w-32 grow sm:grow-0">
        <MagnifyingGlassIcon
          className="pointer-events-none absolute inset-y-0 left-2 my-auto size-4 text-muted"
          aria-hidden
        />
        <input
          id={FILTER_ID}
          type="search"
          aria-label="Filter by symbol or text"
          placeholder="Symbol or text  /"
          value={filter.text}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => change({ text: target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            change({ text: '' })
            event.currentTarget.blur()
          }}
          className={classNames(CONTROL, 'h-7! pl-7!')}
        />
      </div>
      <select
        aria-label="Side"
        value={filter.side ?? ''}
        onChange={({ target: { value } }) =>
          change({ side: value === 'buy' || value === 'sell' ? value : undefined })
        }
        className={classNames(CONTROL, 'h-7! w-auto! py-0!')}
      >
        <option value="">Both sides</option>
        <option value="buy">Buy</option>
        <option value="sell">Sell</option>
      </select>
      {withState && (
        <select
          aria-label="Status"
          value={filter.state ?? ''}
          onChange={({ target: { value } }) =>
            change({ state: CLOSED_STATES.find((state) => state === value) })
          }
          className={classNames(CONTROL, 'h-7! w-auto! py-0!')}
        >
          <option value="">Any status</option>
          {CLOSED_STATES.map((state) => (
            <option key={state} value={state}>
              {STATE_WORDS[state].text}
            </option>
          ))}
        </select>
      )}
      <input
        type="date"
        aria-label="Day (ET)"
        value={filter.day ?? ''}
        onChange={({ target }) => change({ day: target.value === '' ? undefined : target.value })}
        className={classNames(CONTROL, 'h-7! w-auto! py-0!')}
      />
      {isFiltering(filter) && (
        <Button look="quiet" className="h-7! px-2!" onClick={() => onChange(NO_FILTER)}>
          Clear
        </Button>
      )}
      <span className="text-xs whitespace-nowrap text-muted">{count}</span>
      <span className="grow max-sm:hidden" />
      <Button className="h-7! px-2!" disabled={!canExport} title="Export as CSV (Alt+E)" onClick={onExport}>
        <ArrowDownTrayIcon className="size-3.5" aria-hidden />
        CSV
      </Button>
    </div>
  )
}
