import { memo, useEffect, useRef, type ReactNode } from 'react'
import type { StockSymbol } from '#shared/units'
import { classNames } from '../ui/class-names.ts'
import { clockInZone } from '../ui/times.ts'
import type { MarketColumn } from './columns.ts'
import { isDoubtful } from './describe-freshness.ts'
import { focusCell, openDetail, useGridFocus } from './grid-focus.ts'
import { useRowDrag } from './row-drag.ts'
import { useRowFact } from './use-row.ts'

/** Height of a row, px. */
export const ROW_HEIGHTS = { comfortable: 32, compact: 24 } as const

/** Extra height of a row with a halt line, px. */
export const HALT_LINE_HEIGHT = 22

interface RowProps {
  readonly symbol: StockSymbol
  /** Index in the grid; the header is 0. */
  readonly index: number
  /** Position below the header, px. */
  readonly top: number
  /** Height without the halt line, px. */
  readonly height: number
  readonly columns: readonly MarketColumn[]
}

/** One symbol's row. It renders again when it moves or is halted; a quote renders only cells. */
export const GridRow = memo(function GridRow({ symbol, index, top, height, columns }: RowProps) {
  const halt = useRowFact(symbol, (row) => row.halt)
  const isDoubted = useRowFact(symbol, ({ freshness }) => isDoubtful(freshness))
  const isFocused = useGridFocus(({ place }) => place.row === symbol)
  const { edge, handlers } = useRowDrag(symbol)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter does the same, for the whole grid
    <div
      {...handlers}
      role="row"
      aria-rowindex={index + 1}
      data-symbol={symbol}
      className={classNames(
        'market-columns absolute inset-x-0 grid contain-layout contain-style hover:bg-hover',
        isDoubted && 'text-muted',
        edge === 'above' && 'shadow-[inset_0_2px_var(--accent)]',
        edge === 'below' && 'shadow-[inset_0_-2px_var(--accent)]',
        isFocused ? 'bg-hover' : index % 2 === 0 ? 'bg-zebra' : 'bg-surface',
      )}
      style={{ top, height: halt ? height + HALT_LINE_HEIGHT : height, '--row-height': `${height}px` }}
      onDoubleClick={() => openDetail(symbol)}
      onClick={({ nativeEvent }) => isTouch(nativeEvent) && openDetail(symbol)}
    >
      {columns.map((column, at) => (
        <GridCell key={column.id} symbol={symbol} column={column} index={at}>
          {column.id === 'price' && halt && (
            <span className="pointer-events-none absolute inset-x-2 bottom-1 flex items-center gap-2 text-xs text-warn">
              <span className="rounded-xs bg-warn px-1 text-2xs font-bold tracking-wide text-app">HALT</span>
              <span className="truncate">
                {halt.reason} ({halt.code}) since {clockInZone(halt.at)}
              </span>
            </span>
          )}
        </GridCell>
      ))}
    </div>
  )
})

/** Whether a click came from touch, where a double click would zoom. */
const isTouch = (event: MouseEvent): boolean => event instanceof PointerEvent && event.pointerType === 'touch'

interface CellProps {
  readonly symbol: StockSymbol
  readonly column: MarketColumn
  readonly index: number
  /** Drawn over the bottom of the row. */
  readonly children: ReactNode
}

function GridCell({ symbol, column: { id, align, Cell }, index, children }: CellProps) {
  const isActive = useGridFocus(({ place }) => place.row === symbol && place.column === id)
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive && element.current?.closest('[role=grid]')?.contains(document.activeElement)) {
      element.current.focus({ preventScroll: true })
    }
  }, [isActive])
  return (
    <div
      ref={element}
      role={id === 'symbol' ? 'rowheader' : 'gridcell'}
      aria-colindex={index + 1}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => focusCell({ row: symbol, column: id })}
      className={classNames(
        'flex h-(--row-height) min-w-0 items-center -outline-offset-2',
        id !== 'price' && 'overflow-hidden px-2',
        align === 'end' && 'justify-end',
      )}
    >
      <Cell symbol={symbol} />
      {children}
    </div>
  )
}
