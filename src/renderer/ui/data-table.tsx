import { Popover } from 'radix-ui'
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import type { StockSymbol } from '#shared/units'
import { classNames } from './class-names.ts'
import { offerRows } from './found-rows.ts'
import { nextRow } from './row-keys.ts'
import { useRowFocus } from './row-focus.ts'
import type { DataColumn, RowAction, Sort, TablePreset } from './table/column.ts'
import { copyActions, copyRow } from './table/copy-actions.ts'
import { TableHeader } from './table/header.tsx'
import { LayoutPanel } from './table/layout-panel.tsx'
import { layoutStore } from './table/layout-store.ts'
import { TableMenu } from './table/menu.tsx'
import { useTableModel } from './table/model.ts'
import { pinProps, useCellColumns, useColumnStyle } from './table/template.ts'
import { useVisibleRows } from './table/visible-rows.ts'

export type { DataColumn, RowAction, TablePreset } from './table/column.ts'

/** Height of a line, px; content below a row adds to it. */
const LINE = 32
/** Lines also drawn beyond the edges. */
const OVERSCAN = 12
/** The end is near when this few rows are left below. */
const NEAR_END = 20

const NO_PRESETS: readonly TablePreset[] = []

interface Props<Row> {
  /** Its name, under which its layout is kept too. */
  readonly label: string
  /** The first one is the row's header, which stays first and in sight. */
  readonly columns: readonly DataColumn<Row>[]
  /** Built-in sets of columns, the default first; all columns that are not optional if absent. */
  readonly presets?: readonly TablePreset[]
  /** How rows are sorted until the trader sorts them; as they come if absent. */
  readonly defaultSort?: Sort
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Whether a row stays below the one before it however the table is sorted, such as an exit below its order. */
  readonly staysBelow?: (row: Row) => boolean
  /** Content below a row's cells, such as why it was rejected, if any; `hidden` are the columns not shown. */
  readonly below?: (row: Row, hidden: ReadonlySet<string>) => ReactNode
  /** What can be done with a row, for its context menu. */
  readonly rowMenu?: (row: Row) => readonly RowAction[]
  /** Handles a key on a row, other than the navigation keys; answers whether it did something. */
  readonly onRowKey?: (event: KeyboardEvent, row: Row) => boolean
  readonly onRowClick?: (row: Row) => void
  /** The symbol of a row, if typed letters find the rows by it. */
  readonly symbolOf?: (row: Row) => StockSymbol
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

/**
 * A table of any length that draws only visible rows and is navigated with the arrow keys. The trader sorts it and
 * arranges its columns; the arrangement is kept under its label.
 */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { label, columns, keyOf, below, onRowKey, onRowFocus, onNearEnd, className } = props
  const { presets = NO_PRESETS, defaultSort: sort } = props
  const scroller = useRef<HTMLDivElement>(null)
  const store = layoutStore(label, { columns, presets, sort })
  const { layout, isPanelOpen } = store.use()
  const model = useTableModel({
    columns,
    rows: props.rows,
    keyOf,
    shape: store.shape,
    layout,
    staysBelow: props.staysBelow,
  })
  const { rows } = model
  const cells = useCellColumns(model.columns)
  const hidden = useMemo(() => new Set(layout.hidden), [layout.hidden])
  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf])
  const focus = useRowFocus(scroller, keys)
  const headerEnd = useHeaderEnd(scroller)
  const [header, setHeader] = useState<string>()
  const [said, say] = useState('')
  const activeIndex = focus.active === undefined ? -1 : keys.indexOf(focus.active)
  const { virtualizer, room } = useVisibleRows({
    label,
    scroller,
    keys,
    height: LINE,
    overscan: OVERSCAN,
    headerHeight: LINE,
    focused: activeIndex,
  })
  const { style, ...sideways } = useColumnStyle(model.columns, room)
  const items = virtualizer.getVirtualItems()
  const lastDrawn = virtualizer.range?.endIndex ?? -1
  useEffect(() => {
    if (rows.length > 0 && lastDrawn >= rows.length - NEAR_END) onNearEnd?.()
  }, [lastDrawn, rows.length, onNearEnd])

  const { symbolOf } = props
  useEffect(() => {
    if (!symbolOf) return undefined
    return offerRows(label, {
      symbols: () => rows.map(symbolOf),
      show: (symbol) => {
        const index = rows.findIndex((row) => symbolOf(row) === symbol)
        virtualizer.scrollToIndex(index)
        focus.goTo(keys[index])
      },
    })
  })

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

  const shown = model.columns.map(({ column }) => column)
  const rowOf = (key: string) => rows[keys.indexOf(key)]
  const copying = { columns: shown, rows, say }
  const focusTable = () =>
    scroller.current
      ?.querySelector<HTMLElement>('[role=row][tabindex="0"], [role=columnheader][tabindex="0"]')
      ?.focus()

  return (
    <>
      <TableMenu
        store={store}
        scroller={scroller}
        columns={model.columns}
        rowActions={(key) => {
          const row = rowOf(key)
          return row ? (props.rowMenu?.(row) ?? []) : []
        }}
        copyActions={(key, column) => {
          const row = rowOf(key)
          return row ? copyActions(copying, row, column) : []
        }}
      >
        <div
          ref={scroller}
          onScroll={({ currentTarget }) => props.onScroll?.(currentTarget.scrollTop)}
          onCopy={(event) => copyRow(event, copying, activeIndex < 0 ? undefined : rows[activeIndex])}
          className={classNames('table-scroller relative overflow-auto', className)}
          style={style}
          {...sideways}
        >
          <div role="table" aria-label={label} aria-rowcount={rows.length + 1} className="table-width">
            <TableHeader
              store={store}
              scroller={scroller}
              columns={model.columns}
              active={header ?? shown[0]?.id}
              onActive={setHeader}
              onLeave={() => focus.goTo(focus.active)}
              say={say}
            />
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
                      'absolute inset-x-0 top-0 -outline-offset-2 hover:bg-hover aria-current:bg-current-row',
                      isActive ? 'bg-hover' : index % 2 === 0 ? 'bg-surface' : 'bg-zebra',
                      props.onRowClick && 'cursor-default',
                    )}
                    style={{ transform: `translateY(${start}px)` }}
                  >
                    <div role="presentation" className="table-columns grid bg-inherit">
                      {cells.map((placed, at) => {
                        const { column } = placed
                        const pin = pinProps(placed)
                        return (
                          <div
                            key={column.id}
                            role={at === 0 ? 'rowheader' : 'cell'}
                            data-column={column.id}
                            style={pin.style}
                            className={classNames(
                              'flex h-8 min-w-0 items-center gap-1 overflow-clip px-2 whitespace-nowrap',
                              column.align === 'end' && 'justify-end',
                              pin.className,
                            )}
                          >
                            {column.cell(row)}
                          </div>
                        )
                      })}
                    </div>
                    <Below>{below?.(row, hidden)}</Below>
                  </div>
                )
              })}
            </div>
          </div>
        </div>
      </TableMenu>
      <Popover.Root open={isPanelOpen} onOpenChange={store.showPanel}>
        <Popover.Anchor virtualRef={headerEnd} />
        <LayoutPanel store={store} onClosed={focusTable} />
      </Popover.Root>
      <span aria-live="polite" className="sr-only">
        {said}
      </span>
    </>
  )
}

/** The right end of the header, where the panel with its columns opens. */
const useHeaderEnd = (scroller: RefObject<HTMLElement | null>) =>
  useMemo(
    () => ({
      current: {
        getBoundingClientRect() {
          const { right = 0, top = 0 } = scroller.current?.getBoundingClientRect() ?? {}
          return new DOMRect(right, top, 0, LINE)
        },
      },
    }),
    [scroller],
  )

function Below({ children }: { readonly children: ReactNode }) {
  const isEmpty = children === undefined || children === null || children === false
  return !isEmpty && <div role="cell">{children}</div>
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
