import { LockClosedIcon } from '@heroicons/react/16/solid'
import { Tooltip } from 'radix-ui'
import { useEffect, useMemo, useState } from 'react'
import type { StockSymbol } from '#shared/units'
import { useSettings } from '../stores/settings.ts'
import { showTicket } from '../stores/ticket-place.ts'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { Button } from '../ui/button.tsx'
import { ColumnsMenu } from './columns-menu.tsx'
import { Filter, useFilter } from './filter.tsx'
import { useGridFocus } from './grid-focus.ts'
import { Grid } from './grid.tsx'
import { alarmAboutHalts } from './halt-alarm.ts'
import { useArranged } from './market-table.ts'
import { toggleStats, usePreferences } from './preferences-store.ts'
import { RowDetail } from './row-detail.tsx'
import { StatsPanel } from './stats-panel.tsx'
import { matchingSymbols } from './symbol-filter.ts'
import { useRankedRows } from './use-ranked-rows.ts'

const NO_SYMBOLS: readonly StockSymbol[] = []

/** The live market: stats, grid, and the details of one row. */
export function MarketScreen() {
  const watched = useSettings(({ view }) => view?.settings.symbols) ?? NO_SYMBOLS
  const filter = useFilter(({ text }) => text)
  const symbols = useMemo(() => matchingSymbols(watched, filter), [watched, filter])
  const preferences = usePreferences()
  const { sort, statsOpen } = preferences
  const isLiveOrder = sort !== undefined && sort.column !== 'symbol'
  const [pointerInside, setPointerInside] = useState(false)
  const wish = isLiveOrder ? `${sort.column} ${sort.descending}` : undefined
  const rows = useRankedRows(symbols, wish, pointerInside)
  const arranged = useArranged(rows, preferences)
  const detail = useGridFocus((focus) => focus.detail)
  useEffect(alarmAboutHalts, [])

  return (
    <Tooltip.Provider delayDuration={300}>
      <div className="flex h-full min-h-0 flex-col">
        {statsOpen && <StatsPanel />}
        <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line bg-surface px-2">
          <Filter />
          <span className="text-xs whitespace-nowrap text-muted max-sm:hidden">
            {describeCount(symbols, watched)}
          </span>
          {isLiveOrder && pointerInside && (
            <span className="flex items-center gap-1 rounded-sm bg-hover px-1.5 py-0.5 text-xs whitespace-nowrap text-soft">
              <LockClosedIcon className="size-3" aria-hidden />
              order frozen
            </span>
          )}
          <span className="grow" />
          <Button look="quiet" small aria-expanded={statsOpen} onClick={toggleStats}>
            {statsOpen ? 'Hide stats' : 'Show stats'}
          </Button>
          <ColumnsMenu />
          <TicketToggle />
        </div>
        <div className="relative flex min-h-0 grow">
          {symbols.length === 0 ? (
            <NothingToShow filter={filter} />
          ) : (
            <Grid symbols={arranged.symbols} columns={arranged.columns} onPointer={setPointerInside} />
          )}
          {detail !== undefined && <RowDetail symbol={detail} />}
        </div>
      </div>
    </Tooltip.Provider>
  )
}

/** Button that shows the order ticket beside the grid, with the selected row. */
function TicketToggle() {
  const open = useTicketPreferences((preferences) => preferences.open)
  return (
    <Button
      className="h-7! px-2!"
      title="Alt+O, or Alt+B and Alt+S on a row"
      aria-expanded={open}
      onClick={() => (open ? useTicketPreferences.setState({ open: false }) : void showTicket())}
    >
      Trade
    </Button>
  )
}

const describeCount = (symbols: readonly StockSymbol[], watched: readonly StockSymbol[]): string =>
  symbols.length === watched.length
    ? `${watched.length} symbols`
    : `${symbols.length} of ${watched.length} symbols`

function NothingToShow({ filter }: { readonly filter: string }) {
  return (
    <div className="m-auto px-6 py-10 text-center">
      <p className="font-medium">No symbol of your watch list contains “{filter.trim()}”.</p>
      <p className="mt-1 text-muted">Clear the filter, or add the symbol in Settings.</p>
      <Button className="mt-3" onClick={() => useFilter.setState({ text: '' })}>
        Clear the filter
      </Button>
    </div>
  )
}
