import { useEffect, useRef } from 'react'
import { classNames } from '../ui/class-names.ts'
import type { MarketColumn } from './columns.ts'
import { focusCell, useGridFocus } from './grid-focus.ts'
import { cycleSort, usePreferences } from './preferences-store.ts'

/** The row of column headers; each sortable column sorts on click. */
export function GridHeader({ columns }: { readonly columns: readonly MarketColumn[] }) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div role="row" aria-rowindex={1} className="market-columns grid h-8 border-b border-line bg-surface">
        {columns.map((column, index) => (
          <HeaderCell key={column.id} column={column} index={index} />
        ))}
      </div>
    </div>
  )
}

const SORTED = { ascending: '▴', descending: '▾' } as const

function HeaderCell({ column, index }: { readonly column: MarketColumn; readonly index: number }) {
  const { id, header, align, sortBy } = column
  const isActive = useGridFocus(({ place }) => place.row === 'header' && place.column === id)
  const sort = usePreferences((preferences) => preferences.sort)
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive && element.current?.closest('[role=grid]')?.contains(document.activeElement)) {
      element.current.focus()
    }
  }, [isActive])
  const sorted = sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : undefined
  return (
    <div
      ref={element}
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sortBy && (sorted ?? 'none')}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => focusCell({ row: 'header', column: id })}
      onClick={() => cycleSort(id)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        event.stopPropagation()
        cycleSort(id)
      }}
      className={classNames(
        'flex min-w-0 items-center gap-1 px-2 text-xs font-medium whitespace-nowrap text-muted -outline-offset-2',
        align === 'end' && 'justify-end',
        id === 'price' && 'pr-7',
        sortBy && 'cursor-pointer hover:text-ink',
        sorted && 'text-ink',
      )}
    >
      {header}
      {sorted && <span aria-hidden>{SORTED[sorted]}</span>}
    </div>
  )
}
