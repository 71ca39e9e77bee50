import { MagnifyingGlassIcon } from '@heroicons/react/16/solid'
import { create } from 'zustand'
import { CONTROL } from '../ui/field.tsx'
import { classNames } from '../ui/class-names.ts'

/** The grid's filter; empty shows all. */
export const useFilter = create<{ readonly text: string }>(() => ({ text: '' }))

const FILTER_ID = 'market-filter'

/** Focuses the filter field. */
export const focusFilter = (): void => document.getElementById(FILTER_ID)?.focus()

/** Filters the grid to symbols that contain the typed text. Escape clears it. */
export function Filter() {
  const text = useFilter((filter) => filter.text)
  return (
    <div className="relative w-44 min-w-24 shrink">
      <MagnifyingGlassIcon
        className="pointer-events-none absolute inset-y-0 left-2 my-auto size-4 text-muted"
        aria-hidden
      />
      <input
        id={FILTER_ID}
        type="search"
        aria-label="Filter symbols"
        placeholder="Filter  /"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => useFilter.setState({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          useFilter.setState({ text: '' })
          event.currentTarget.blur()
        }}
        className={classNames(CONTROL, 'h-7 pl-7')}
      />
    </div>
  )
}
