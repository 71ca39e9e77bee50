import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import type { StockSymbol } from '#shared/units'
import { announce } from '../stores/announcer.ts'
import { now } from '../stores/clock.ts'
import { useMarket } from '../stores/market.ts'
import {
  copyActions,
  copyRow,
  TableHeader,
  TableMenu,
  useCellColumns,
  useColumnStyle,
  useTableModel,
  useVisibleRows,
} from '../ui/table.ts'
import { MARKET_COLUMNS, marketLayout, type RankedRow } from './columns.ts'
import { focusCell, openDetail, useGridFocus } from './grid-focus.ts'
import { nextPlace } from './grid-keys.ts'
import { GridRow, ROW_HEIGHTS } from './grid-row.tsx'
import { usePreferences } from './preferences-store.ts'
import { rowSentence } from './read-row.ts'
import { useRowActions } from './row-actions.ts'
import { useShownRows } from './shown-rows.ts'
import { rowsNow } from './use-ranked-rows.ts'
import { pressOnRow } from './watchlist-rows.ts'

/** Rows also drawn beyond the edges, so that scrolling finds them there; each costs as much as one in sight. */
const OVERSCAN = 5

/** The header stays visible above the rows, px. */
const HEADER_HEIGHT = 32

interface Props {
  readonly rows: readonly RankedRow[]
  readonly onPointer: (inside: boolean) => void
}

const keyOf = ({ symbol }: RankedRow): string => symbol

/** The market grid: one row per symbol, navigated with the arrow keys, drawing only visible rows. */
export function Grid({ rows, onPointer }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const rowHeight = usePreferences(({ density }) => ROW_HEIGHTS[density])
  const layout = marketLayout.use((state) => state.layout)
  const model = useTableModel({ columns: MARKET_COLUMNS, rows, keyOf, shape: marketLayout.shape, layout })
  const symbols = useMemo(() => model.rows.map(({ symbol }) => symbol), [model.rows])
  const shown = useMemo(() => model.columns.map(({ column }) => column), [model.columns])
  useEffect(() => useShownRows.setState({ symbols }), [symbols])
  const cells = useCellColumns(model.columns)
  const rowActions = useRowActions()
  const place = useGridFocus((focus) => focus.place)
  const focusedIndex = place.row === 'header' ? -1 : symbols.indexOf(place.row)
  const { virtualizer, room } = useVisibleRows({
    label: 'Market',
    scroller,
    keys: symbols,
    height: rowHeight,
    overscan: OVERSCAN,
    headerHeight: HEADER_HEIGHT,
    focused: focusedIndex,
  })
  const { style, ...sideways } = useColumnStyle(model.columns, room)

  useEffect(() => {
    const first = symbols[0]
    const lost = place.row !== 'header' && focusedIndex < 0
    if (first !== undefined && (lost || !shown.some(({ id }) => id === place.column))) {
      focusCell({ row: lost ? first : place.row, column: 'symbol' })
    }
  }, [symbols, shown, place, focusedIndex])

  const goTo = (next: typeof place) => {
    focusCell(next)
    if (next.row !== 'header') virtualizer.scrollToIndex(symbols.indexOf(next.row))
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const columnIds = shown.map(({ id }) => id)
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
    const next = nextPlace(event, place, { rows: symbols, columns: columnIds, page })
    if (next) goTo(next)
    else if (event.key === 'Enter' && place.row !== 'header') {
      if (event.ctrlKey || event.metaKey) readAloud(place.row)
      else openDetail(place.row)
    } else if (place.row === 'header' || !pressOnRow(event, place.row, symbols)) return
    event.preventDefault()
    event.stopPropagation()
  }

  const copying = { columns: shown, rows: model.rows, say: announce }
  const pressed = (key: string) => symbols.find((symbol) => symbol === key)
  return (
    <TableMenu
      store={marketLayout}
      scroller={scroller}
      columns={model.columns}
      rowActions={(key) => {
        const symbol = pressed(key)
        return symbol ? rowActions(symbol) : []
      }}
      copyActions={(key, column) => {
        const symbol = pressed(key)
        const [row] = symbol ? rowsNow([symbol]) : []
        return row ? copyActions({ ...copying, rows: rowsNow(symbols) }, row, column) : []
      }}
    >
      <div
        ref={scroller}
        role="grid"
        aria-label="Market"
        aria-rowcount={symbols.length + 1}
        aria-colcount={shown.length}
        aria-readonly
        onKeyDown={onKeyDown}
        onCopy={(event) => {
          copyRow(event, copying, place.row === 'header' ? undefined : rowsNow([place.row])[0])
        }}
        onPointerEnter={() => onPointer(true)}
        onPointerLeave={() => onPointer(false)}
        className="table-scroller min-h-0 min-w-0 grow overflow-auto bg-surface"
        style={style}
        {...sideways}
      >
        <TableHeader
          store={marketLayout}
          scroller={scroller}
          columns={model.columns}
          active={place.row === 'header' ? place.column : undefined}
          onActive={(column) => focusCell({ row: 'header', column })}
          say={announce}
        />
        <div role="rowgroup" className="table-width relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ key, index, start }) => {
            const symbol = symbols[index]
            return (
              symbol && (
                <GridRow
                  key={key}
                  symbol={symbol}
                  index={index + 1}
                  top={start}
                  height={rowHeight}
                  columns={cells}
                />
              )
            )
          })}
        </div>
      </div>
    </TableMenu>
  )
}

function readAloud(symbol: StockSymbol): void {
  const row = useMarket.getState().bySymbol.get(symbol)
  announce(row ? rowSentence(row, now()) : `${symbol}: waiting for quote.`)
}
