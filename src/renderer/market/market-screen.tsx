import { LockClosedIcon } from '@heroicons/react/16/solid'
import { useEffect, useMemo, useState } from 'react'
import { showTicket } from '../stores/ticket-place.ts'
import { useTicketPreferences } from '../stores/ticket-preferences.ts'
import { findUnknown, useWatchedSymbols } from '../stores/watchlists.ts'
import { useConnection } from '../stores/connection.ts'
import { Button } from '../ui/button.tsx'
import { AddSymbol } from './add-symbol.tsx'
import { ColumnsMenu } from './columns-menu.tsx'
import { marketLayout } from './columns.ts'
import { Filter, useFilter } from './filter.tsx'
import { useGridFocus } from './grid-focus.ts'
import { Grid } from './grid.tsx'
import { alarmAboutHalts } from './halt-alarm.ts'
import { RowDetail } from './row-detail.tsx'
import { matchingSymbols } from './symbol-filter.ts'
import { useRankedRows } from './use-ranked-rows.ts'
import { EmptyList } from './empty-list.tsx'
import { WatchlistDialogs } from './watchlist-dialogs.tsx'
import { WatchlistMenu } from './watchlist-menu.tsx'

/** The live market: grid, and the details of one row. */
export function MarketScreen() {
  const watched = useWatchedSymbols()
  const connected = useConnection(({ connection }) => connection?.status === 'connected')
  const filter = useFilter(({ text }) => text)
  const symbols = useMemo(() => matchingSymbols(watched, filter), [watched, filter])
  const sort = marketLayout.use(({ layout }) => layout.sort)
  const isLiveOrder = sort !== undefined && sort.column !== 'symbol'
  const [pointerInside, setPointerInside] = useState(false)
  const wish = isLiveOrder ? `${sort.column} ${sort.descending}` : undefined
  const rows = useRankedRows(symbols, wish, pointerInside)
  const detail = useGridFocus((focus) => focus.detail)
  useEffect(alarmAboutHalts, [])
  useEffect(() => void findUnknown(watched), [watched, connected])

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line bg-surface px-2 max-sm:gap-1">
        <WatchlistMenu />
        <Filter />
        {symbols.length < watched.length && (
          <span className="text-xs whitespace-nowrap text-muted max-sm:hidden">
            {symbols.length} of {watched.length}
          </span>
        )}
        {isLiveOrder && pointerInside && (
          <span className="flex items-center gap-1 rounded-sm bg-hover px-1.5 py-0.5 text-xs whitespace-nowrap text-soft">
            <LockClosedIcon className="size-3" aria-hidden />
            sort paused
          </span>
        )}
        <span className="grow" />
        <ColumnsMenu />
        <TicketToggle />
      </div>
      <div className="relative flex min-h-0 grow">
        {symbols.length === 0 ? (
          <EmptyList filter={filter} isEmpty={watched.length === 0} />
        ) : (
          <Grid rows={rows} onPointer={setPointerInside} />
        )}
        {detail !== undefined && <RowDetail symbol={detail} />}
      </div>
      <AddSymbol />
      <WatchlistDialogs />
    </div>
  )
}

/** Button that shows the order ticket beside the grid, with the selected row. */
function TicketToggle() {
  const open = useTicketPreferences((preferences) => preferences.open)
  return (
    <Button
      className="h-7! gap-1! px-2! max-sm:capitalize"
      title="Alt+O, or Alt+B and Alt+S on a row"
      aria-expanded={open}
      onClick={() => (open ? useTicketPreferences.setState({ open: false }) : void showTicket())}
    >
      <span className="max-sm:sr-only">Order</span> ticket
    </Button>
  )
}
