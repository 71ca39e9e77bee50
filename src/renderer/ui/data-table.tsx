import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { memo, useCallback, useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { columnsWithRoom, nextRow, templateOf, widthOf, type DataColumn } from './data-table-layout.ts'
import { useRowFocus } from './row-focus.ts'
import { useWidth } from './use-width.ts'

export type { DataColumn } from './data-table-layout.ts'

/** Height of a line, px; content below a row adds to it. */
const LINE = 32
/** Lines also drawn beyond the edges. */
const OVERSCAN = 12
/** The end is near when this few rows are left below. */
const NEAR_END = 20

interface Props<Row> {
  readonly label: string
  /** The first one is the row's header. */
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /**
   * Content below a row's cells, such as why it was rejected, if any; `hidden` are the columns without room.
   */
  readonly below?: (row: Row, hidden: ReadonlySet<string>) => ReactNode
  /** Handles a key on a row, other than the navigation keys; answers whether it did something. */
  readonly onRowKey?: (event: KeyboardEvent, row: Row) => boolean
  readonly onRowClick?: (row: Row) => void
  /** Called when the focused row changes. */
  readonly onRowFocus?: (row: Row) => void
  /** Whether this row is shown in full elsewhere. */
  readonly isCurrent?: (row: Row) => boolean
  /** What to show when there are no rows. */
  readonly empty: ReactNode
  /** Called when more rows may be needed below. */
  readonly onNearEnd?: () => void
  readonly onScroll?: (top: number) => void
  readonly className?: string
}

/** A table of any length that draws only visible rows and is navigated with the arrow keys. */
export function DataTable<Row>(props: Props<Row>) {
  const { label, columns, rows, keyOf, below, onRowKey, onRowFocus, onNearEnd, className } = props
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const shown = useMemo(() => columnsWithRoom(columns, width), [columns, width])
  const hidden = useMemo(() => hiddenOf(columns, shown), [columns, shown])
  const template = useMemo(() => templateOf(shown), [shown])
  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf])
  const focus = useRowFocus(scroller, keys)
  const activeIndex = focus.active === undefined ? -1 : keys.indexOf(focus.active)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    getItemKey: (index) => keys[index] ?? index,
    overscan: OVERSCAN,
    scrollPaddingStart: LINE,
    rangeExtractor: useCallback((range: Range) => withActive(range, activeIndex), [activeIndex]),
  })
  const items = virtualizer.getVirtualItems()
  const lastDrawn = virtualizer.range?.endIndex ?? -1
  useEffect(() => {
    if (rows.length > 0 && lastDrawn >= rows.length - NEAR_END) onNearEnd?.()
  }, [lastDrawn, rows.length, onNearEnd])

  const onKeyDown = (event: KeyboardEvent, index: number, row: Row) => {
    if (isTyping(event)) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / LINE) - 2)
    const next = event.ctrlKey || event.altKey ? undefined : nextRow(event.key, index, rows.length, page)
    if (next !== undefined) {
      virtualizer.scrollToIndex(next)
      focus.goTo(keys[next])
    } else if (onRowKey?.(event, row) !== true) return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={scroller}
      onScroll={({ currentTarget }) => props.onScroll?.(currentTarget.scrollTop)}
      className={classNames('relative overflow-auto', className)}
    >
      <div
        role="table"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        style={{ minWidth: widthOf(shown) }}
      >
        <Header columns={shown} template={template} />
        {rows.length === 0 && (
          <div role="rowgroup">
            <div role="row">
              <div role="cell" className="px-3 py-4 text-muted">
                {props.empty}
              </div>
            </div>
          </div>
        )}
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index]
            const rowKey = keys[index]
            if (row === undefined || rowKey === undefined) return null
            const isActive = focus.active === rowKey
            return (
              <div
                key={key}
                ref={virtualizer.measureElement}
                role="row"
                aria-rowindex={index + 2}
                aria-current={props.isCurrent?.(row) === true ? true : undefined}
                data-index={index}
                data-key={rowKey}
                tabIndex={isActive ? 0 : -1}
                onFocus={() => {
                  focus.note(rowKey)
                  onRowFocus?.(row)
                }}
                onClick={() => props.onRowClick?.(row)}
                onKeyDown={(event) => onKeyDown(event, index, row)}
                className={classNames(
                  'absolute inset-x-0 top-0 -outline-offset-2 hover:bg-hover aria-current:bg-accent/12',
                  isActive ? 'bg-hover' : index % 2 === 0 ? 'bg-surface' : 'bg-zebra',
                  props.onRowClick && 'cursor-default',
                )}
                style={{ transform: `translateY(${start}px)` }}
              >
                <div role="presentation" className="grid" style={{ gridTemplateColumns: template }}>
                  {shown.map((column, at) => (
                    <div
                      key={column.id}
                      role={at === 0 ? 'rowheader' : 'cell'}
                      data-column={column.id}
                      className={classNames(
                        'flex h-8 min-w-0 items-center gap-1 overflow-hidden px-2 whitespace-nowrap',
                        column.align === 'end' && 'justify-end',
                      )}
                    >
                      {column.cell(row)}
                    </div>
                  ))}
                </div>
                <Below>{below?.(row, hidden)}</Below>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function Below({ children }: { readonly children: ReactNode }) {
  const isEmpty = children === undefined || children === null || children === false
  return !isEmpty && <div role="cell">{children}</div>
}

const hiddenOf = <Row,>(
  columns: readonly DataColumn<Row>[],
  shown: readonly DataColumn<Row>[],
): ReadonlySet<string> => new Set(columns.filter((column) => !shown.includes(column)).map(({ id }) => id))

/** Adds the focused row to the drawn range while it is out of sight, or the keyboard focus would be lost. */
function withActive(range: Range, index: number): number[] {
  const drawn = defaultRangeExtractor(range)
  if (index < 0 || drawn.includes(index)) return drawn
  return [...drawn, index].sort((one, other) => one - other)
}

/**
 * Whether the key belongs to a control inside: text goes into its field; Enter and the space bar press a
 * button.
 */
function isTyping({ target, currentTarget, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element) || target === currentTarget) return false
  if (target.closest('input, select, textarea')) return true
  return target.closest('button') !== null && (key === 'Enter' || key === ' ')
}

interface HeaderProps {
  readonly columns: readonly Omit<DataColumn<never>, 'cell'>[]
  readonly template: string
}

const Header = memo(function Header({ columns, template }: HeaderProps) {
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-8 border-b border-line bg-surface"
        style={{ gridTemplateColumns: template }}
      >
        {columns.map(({ id, header, isNameless, align }) => (
          <div
            key={id}
            role="columnheader"
            className={classNames(
              'flex min-w-0 items-center px-2 text-xs font-medium whitespace-nowrap text-muted',
              align === 'end' && 'justify-end',
            )}
          >
            {isNameless ? <span className="sr-only">{header}</span> : header}
          </div>
        ))}
      </div>
    </div>
  )
})
