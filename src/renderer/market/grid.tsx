import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent } from 'react'
import type { StockSymbol } from '#shared/units'
import { announce } from '../stores/announcer.ts'
import { now } from '../stores/clock.ts'
import { useMarket } from '../stores/market.ts'
import { columnsThatFit } from './column-fit.ts'
import { useColumnsMenu } from './columns-menu.tsx'
import type { MarketColumn } from './columns.ts'
import { focusCell, openDetail, useGridFocus } from './grid-focus.ts'
import { GridHeader } from './grid-header.tsx'
import { nextPlace } from './grid-keys.ts'
import { GridRow, HALT_LINE_HEIGHT, ROW_HEIGHTS } from './grid-row.tsx'
import { usePreferences } from './preferences-store.ts'
import { rowSentence } from './read-row.ts'
import { useWidth } from '../ui/use-width.ts'
import { pressOnRow } from './watchlist-rows.ts'

/** Rows also drawn beyond the edges, so that scrolling finds them there. */
const OVERSCAN = 12

/** The header stays visible above the rows, px. */
const HEADER_HEIGHT = 32

declare module 'react' {
  interface CSSProperties {
    '--market-columns'?: string
    '--market-width'?: string
    '--row-height'?: string
  }
}

interface Props {
  readonly symbols: readonly StockSymbol[]
  readonly columns: readonly MarketColumn[]
  readonly onPointer: (inside: boolean) => void
}

/** The market grid: one row per symbol, navigated with the arrow keys, drawing only visible rows. */
export function Grid({ symbols, columns, onPointer }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const rowHeight = usePreferences(({ density }) => ROW_HEIGHTS[density])
  const shown = useMemo(() => columnsThatFit(columns, width), [columns, width])
  useEffect(() => useColumnsMenu.setState({ fitting: shown.map(({ id }) => id) }), [shown])
  const place = useGridFocus((focus) => focus.place)
  const focusedIndex = place.row === 'header' ? -1 : symbols.indexOf(place.row)
  const halted = useMarket(({ bySymbol }) => symbols.filter((symbol) => bySymbol.get(symbol)?.halt).join())

  const virtualizer = useVirtualizer({
    count: symbols.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeight + (isIn(halted, symbols[index]) ? HALT_LINE_HEIGHT : 0),
    getItemKey: (index) => symbols[index] ?? index,
    overscan: OVERSCAN,
    scrollPaddingStart: HEADER_HEIGHT,
    rangeExtractor: useCallback((range: Range) => withFocused(range, focusedIndex), [focusedIndex]),
  })
  useEffect(() => virtualizer.measure(), [virtualizer, halted, symbols, rowHeight])

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

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Market"
      aria-rowcount={symbols.length + 1}
      aria-colcount={shown.length}
      aria-readonly
      onKeyDown={onKeyDown}
      onPointerEnter={() => onPointer(true)}
      onPointerLeave={() => onPointer(false)}
      className="min-h-0 min-w-0 grow overflow-auto bg-surface"
      style={{ '--market-columns': template(shown), '--market-width': `${widthOf(shown)}px` }}
    >
      <GridHeader columns={shown} />
      <div role="rowgroup" className="market-width relative" style={{ height: virtualizer.getTotalSize() }}>
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
                columns={shown}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

const isIn = (joined: string, symbol: StockSymbol | undefined): boolean =>
  symbol !== undefined && joined.split(',').includes(symbol)

const widthOf = (columns: readonly MarketColumn[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0)

const template = (columns: readonly MarketColumn[]): string =>
  columns.map(({ width, grow }) => `minmax(${width}px, ${grow}fr)`).join(' ')

/** Adds the focused row to the drawn range while it is out of sight, or the focus would be lost. */
function withFocused(range: Range, focusedIndex: number): number[] {
  const indexes = defaultRangeExtractor(range)
  if (focusedIndex < 0 || indexes.includes(focusedIndex)) return indexes
  return [...indexes, focusedIndex].sort((a, b) => a - b)
}

function readAloud(symbol: StockSymbol): void {
  const row = useMarket.getState().bySymbol.get(symbol)
  announce(row ? rowSentence(row, now()) : `${symbol}: waiting for first quote.`)
}
