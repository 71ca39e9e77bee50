import { memo, useEffect, useRef } from 'react'
import type { StockSymbol } from '#shared/units'
import { classNames } from '../ui/class-names.ts'
import { pinProps, type CellColumn } from '../ui/table.ts'
import type { MarketColumn } from './columns.ts'
import { isDoubtful } from './describe-freshness.ts'
import { focusCell, openDetail, useGridFocus } from './grid-focus.ts'
import { useRowDrag } from './row-drag.ts'
import { useRowFact } from './use-row.ts'

/** Height of a row, px. */
export const ROW_HEIGHTS = { comfortable: 32, compact: 24 } as const

interface RowProps {
  readonly symbol: StockSymbol
  /** Index in the grid; the header is 0. */
  readonly index: number
  /** Position below the header, px. */
  readonly top: number
  /** Px. */
  readonly height: number
  readonly columns: readonly CellColumn<MarketColumn>[]
}

/** One symbol's row. It renders again when it moves; a quote renders only cells. */
export const GridRow = memo(function GridRow({ symbol, index, top, height, columns }: RowProps) {
  const isDoubted = useRowFact(symbol, ({ freshness }) => isDoubtful(freshness))
  const focused = useGridFocus(({ place }) => (place.row === symbol ? place.column : undefined))
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (focused !== undefined) followFocus(element.current, focused)
  }, [focused])
  const { edge, handlers } = useRowDrag(symbol)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Enter does the same, for the whole grid
    <div
      {...handlers}
      ref={element}
      role="row"
      aria-rowindex={index + 1}
      data-symbol={symbol}
      data-key={symbol}
      className={classNames(
        'table-columns absolute inset-x-0 grid grid-rows-[100%] contain-layout contain-style hover:bg-hover',
        isDoubted && 'text-muted',
        edge === 'above' && 'shadow-[inset_0_2px_var(--accent)]',
        edge === 'below' && 'shadow-[inset_0_-2px_var(--accent)]',
        focused !== undefined ? 'bg-hover' : index % 2 === 0 ? 'bg-zebra' : 'bg-surface',
      )}
      style={{ top, height }}
      onFocus={({ target }) => {
        const column = target.closest<HTMLElement>('[data-column]')?.dataset['column']
        if (column !== undefined) focusCell({ row: symbol, column })
      }}
      onDoubleClick={() => openDetail(symbol)}
      onClick={({ nativeEvent }) => isTouch(nativeEvent) && openDetail(symbol)}
    >
      {columns.map((placed, at) => (
        <GridCell
          key={placed.column.id}
          symbol={symbol}
          placed={placed}
          index={at}
          isActive={placed.column.id === focused}
        />
      ))}
    </div>
  )
})

/** Moves the keyboard's focus to a row's cell, and the cell into sight, if the grid has the focus. */
function followFocus(row: HTMLElement | null, column: string): void {
  const grid = row?.closest('[role=grid]')
  if (!grid?.contains(document.activeElement)) return
  const cell = row?.querySelector<HTMLElement>(`[data-column="${column}"]`)
  cell?.focus({ preventScroll: true })
  if (grid.hasAttribute('data-sideways')) cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** Whether a click came from touch, where a double click would zoom. */
const isTouch = (event: MouseEvent): boolean => event instanceof PointerEvent && event.pointerType === 'touch'

interface CellProps {
  readonly symbol: StockSymbol
  readonly placed: CellColumn<MarketColumn>
  readonly index: number
  /** Whether it is the one cell that the Tab key reaches. */
  readonly isActive: boolean
}

/** One cell. It stays as it is when its row moves, as every row below does when one is sorted above it. */
const GridCell = memo(function GridCell({ symbol, placed, index, isActive }: CellProps) {
  const { id, align, Cell } = placed.column
  const pin = pinProps(placed)
  return (
    <div
      role={index === 0 ? 'rowheader' : 'gridcell'}
      aria-colindex={index + 1}
      data-column={id}
      tabIndex={isActive ? 0 : -1}
      style={pin.style}
      className={classNames(
        'flex min-w-0 items-center overflow-clip -outline-offset-2',
        id !== 'last' && 'px-2',
        align === 'end' && 'justify-end',
        pin.className,
      )}
    >
      <Cell symbol={symbol} />
    </div>
  )
})
