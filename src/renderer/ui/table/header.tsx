import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { classNames } from '../class-names.ts'
import type { LayoutColumn } from './column.ts'
import { isMovable, nextSort, withMovedBefore, withMovedBy, withSort, withWidths } from './layout.ts'
import type { LayoutStore } from './layout-store.ts'
import type { PlacedColumn } from './model.ts'
import { contentWidth, pinProps } from './template.ts'

/** What the header needs of a column. */
export interface HeaderColumn extends LayoutColumn {
  readonly align?: 'end'
  readonly sortValue?: unknown
}

interface Props {
  readonly store: LayoutStore
  readonly scroller: RefObject<HTMLElement | null>
  readonly columns: readonly PlacedColumn<HeaderColumn>[]
  /** The header that the Tab key reaches, if any, and focuses when `hasFocus`. */
  readonly active: string | undefined
  readonly onActive: (id: string) => void
  /** Moves the focus to the rows; absent where the grid moves it between all cells. */
  readonly onLeave?: () => void
  /** Announces a change to screen readers. */
  readonly say: (text: string) => void
}

/** How far the pointer moves before it drags a header, px. */
const DRAG_FROM = 6
/** How far Alt with an arrow moves the edge of a column, px. */
const KEY_STEP = 8

const SORTED = { ascending: '▴', descending: '▾' } as const

/** Whether a column is sorted downward first: numbers are, words are not. */
const descendsFirst = ({ align }: HeaderColumn): boolean => align === 'end'

/** Sorts by a column, the other way round, or no longer. */
const pressSort = (store: LayoutStore, column: HeaderColumn): void =>
  store.change((layout) => withSort(layout, nextSort(layout.sort, column.id, descendsFirst(column))))

/**
 * Widths as drawn of the columns left of one, px. They are set with its own, so that they stand still while it grows; columns
 * to its right share what remains.
 */
function widthsBefore(scroller: HTMLElement, id: string): Readonly<Record<string, number>> {
  const headers = [...scroller.querySelectorAll<HTMLElement>('[role=columnheader]')]
  const end = headers.findIndex(({ dataset }) => dataset['column'] === id)
  return Object.fromEntries(
    headers.slice(0, end).map((one) => [one.dataset['column'] ?? '', one.getBoundingClientRect().width]),
  )
}

const setWidth = (
  store: LayoutStore,
  before: Readonly<Record<string, number>>,
  id: string,
  width: number,
): void => store.change((layout) => withWidths(layout, { ...before, [id]: width }))

/** Makes a column as wide as its content. */
export function fitColumn(
  store: LayoutStore,
  scroller: HTMLElement | null,
  columns: readonly PlacedColumn<HeaderColumn>[],
  id: string,
): void {
  if (scroller) setWidth(store, widthsBefore(scroller, id), id, contentWidth(scroller, columns, id))
}

/** Makes all columns as wide as their content. */
export function fitColumns(
  store: LayoutStore,
  scroller: HTMLElement | null,
  columns: readonly PlacedColumn<HeaderColumn>[],
): void {
  if (!scroller) return
  const ids = columns.filter(({ column }) => column.isNameless !== true).map(({ column }) => column.id)
  const widths = Object.fromEntries(ids.map((id) => [id, contentWidth(scroller, columns, id)]))
  store.change((layout) => withWidths(layout, widths))
}

/**
 * The row of column headers. A press sorts, dragging a header moves its column, dragging its right edge changes its
 * width, a double press of the edge fits it. By key: Enter sorts, Alt with an arrow changes the width, Ctrl with an
 * arrow moves, Alt+Enter fits.
 */
export function TableHeader({ active, ...props }: Props) {
  const { store, columns } = props
  const sort = store.use(({ layout }) => layout.sort)
  const [drop, setDrop] = useState<Drop>()
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div role="row" aria-rowindex={1} className="table-columns grid h-8 border-b border-line bg-surface">
        {columns.map((placed, index) => (
          <HeaderCell
            key={placed.column.id}
            placed={placed}
            index={index}
            isActive={active === placed.column.id}
            sorted={
              sort?.column === placed.column.id ? (sort.descending ? 'descending' : 'ascending') : undefined
            }
            drop={drop}
            onDrop={setDrop}
            {...props}
          />
        ))}
      </div>
    </div>
  )
}

/** Where a dragged column would land: before another one, or at the end. */
interface Drop {
  readonly id: string
  readonly before: string | undefined
}

interface HeaderCellProps extends Omit<Props, 'active'> {
  readonly placed: PlacedColumn<HeaderColumn>
  readonly index: number
  readonly isActive: boolean
  readonly sorted: 'ascending' | 'descending' | undefined
  readonly drop: Drop | undefined
  readonly onDrop: (drop: Drop | undefined) => void
}

function HeaderCell(props: HeaderCellProps) {
  const { store, scroller, columns, placed, isActive, sorted, say } = props
  const { column } = placed
  const { id, header } = column
  const element = useRef<HTMLDivElement>(null)
  const drag = useColumnDrag(props)
  useEffect(() => {
    if (isActive && element.current?.closest('[role=grid]')?.contains(document.activeElement)) {
      element.current.focus()
    }
  }, [isActive])
  const isSortable = column.sortValue !== undefined
  const pin = pinProps(placed)
  const isLast = columns.at(-1)?.column.id === id

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const cell = event.currentTarget
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined
    const isEnter = event.key === 'Enter' || event.key === ' '
    if (step !== undefined && event.altKey) {
      const width = cell.getBoundingClientRect().width + step * KEY_STEP
      if (scroller.current) setWidth(store, widthsBefore(scroller.current, id), id, width)
      say(`${header}: ${store.use.getState().layout.widths[id]} px wide`)
    } else if (step !== undefined && event.ctrlKey) {
      flushSync(() => store.change((layout) => withMovedBy(store.shape, layout, id, step)))
      cell.focus() // a moved element loses it
      say(`${header}: column ${cell.getAttribute('aria-colindex') ?? ''} of ${columns.length}`)
    } else if (isEnter && event.altKey) fitColumn(store, scroller.current, columns, id)
    else if (isEnter && isSortable) pressSort(store, column)
    else if (props.onLeave && event.key === 'ArrowDown') props.onLeave()
    else if (props.onLeave && step !== undefined) siblingOf(cell, step)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={element}
      role="columnheader"
      data-column={id}
      data-drop={dropMark(props, isLast)}
      aria-colindex={props.index + 1}
      aria-sort={isSortable ? (sorted ?? 'none') : undefined}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => props.onActive(id)}
      onClick={() => !drag.hasJustMoved() && isSortable && pressSort(store, column)}
      onKeyDown={onKeyDown}
      {...drag.handlers}
      style={pin.style}
      className={classNames(
        'table-header relative flex min-w-0 items-center gap-1 px-2 text-xs font-medium whitespace-nowrap text-muted -outline-offset-2',
        column.align === 'end' && 'justify-end',
        isSortable && 'cursor-pointer hover:text-ink',
        sorted && 'text-ink',
        pin.className,
      )}
    >
      {column.isNameless ? (
        <span className="sr-only">{header}</span>
      ) : (
        <span className="truncate">{header}</span>
      )}
      {sorted && <span aria-hidden>{SORTED[sorted]}</span>}
      {column.isNameless !== true && <Edge {...props} />}
    </div>
  )
}

const siblingOf = (cell: HTMLElement, step: -1 | 1): HTMLElement | undefined => {
  const next = step < 0 ? cell.previousElementSibling : cell.nextElementSibling
  return next instanceof HTMLElement ? next : undefined
}

const dropMark = (
  { drop, placed, columns }: HeaderCellProps,
  isLast: boolean,
): 'before' | 'after' | undefined => {
  if (!drop) return undefined
  if (drop.before === placed.column.id) return 'before'
  const lastMovable = columns.findLast(({ column }) => column.isNameless !== true)
  const isEnd = drop.before === undefined && (isLast || placed === lastMovable)
  return isEnd && placed.column.isNameless !== true ? 'after' : undefined
}

/** The right edge of a header, dragged to change the column's width. By key this is done on the header itself. */
function Edge({ store, scroller, columns, placed: { column } }: HeaderCellProps) {
  const from = useRef<{
    readonly x: number
    readonly width: number
    readonly before: Readonly<Record<string, number>>
  }>(undefined)
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- Alt with an arrow and Alt+Enter on the header do the same
    <span
      aria-hidden
      data-edge
      className="absolute inset-y-1 right-0 w-1.75 cursor-col-resize touch-none border-r border-line hover:border-accent active:border-accent"
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => {
        event.stopPropagation()
        fitColumn(store, scroller.current, columns, column.id)
      }}
      onPointerDown={(event) => {
        event.stopPropagation()
        event.preventDefault()
        if (event.button !== 0) return
        const width = event.currentTarget.parentElement?.getBoundingClientRect().width ?? 0
        const before = scroller.current ? widthsBefore(scroller.current, column.id) : {}
        from.current = { x: event.clientX, width, before }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={({ clientX }) => {
        const begun = from.current
        if (begun) setWidth(store, begun.before, column.id, begun.width + clientX - begun.x)
      }}
      onLostPointerCapture={() => {
        from.current = undefined
      }}
    />
  )
}

/** Moves a column by dragging its header; a press without a move sorts as ever. */
function useColumnDrag({ store, placed, onDrop }: HeaderCellProps) {
  const { id } = placed.column
  const from = useRef<number>(undefined)
  const hasMoved = useRef(false)
  const end = (event: PointerEvent<HTMLDivElement>) => {
    from.current = undefined
    if (event.currentTarget.hasPointerCapture(event.pointerId))
      event.currentTarget.releasePointerCapture(event.pointerId)
    onDrop(undefined)
  }
  return {
    hasJustMoved: () => hasMoved.current,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLDivElement>) {
        hasMoved.current = false
        if (event.button === 0 && isMovable(store.shape, id)) from.current = event.clientX
      },
      onPointerMove(event: PointerEvent<HTMLDivElement>) {
        if (from.current === undefined) return
        if (!hasMoved.current && Math.abs(event.clientX - from.current) < DRAG_FROM) return
        hasMoved.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
        onDrop({ id, before: columnRightOf(event) })
      },
      onPointerUp(event: PointerEvent<HTMLDivElement>) {
        const before = columnRightOf(event)
        if (from.current !== undefined && hasMoved.current) {
          flushSync(() => store.change((layout) => withMovedBefore(store.shape, layout, id, before)))
          event.currentTarget.focus() // a moved element loses it
        }
        end(event)
      },
      onPointerCancel: end,
    },
  }
}

/** The first movable column whose middle lies right of the pointer. */
function columnRightOf({ currentTarget, clientX }: PointerEvent<HTMLDivElement>): string | undefined {
  const headers = [...(currentTarget.parentElement?.querySelectorAll<HTMLElement>('[data-column]') ?? [])]
  const next = headers.slice(1).find((header) => {
    const { left, width } = header.getBoundingClientRect()
    return left + width / 2 > clientX
  })
  return next?.dataset['column']
}
