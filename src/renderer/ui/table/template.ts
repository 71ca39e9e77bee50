import { useMemo, useState, type CSSProperties } from 'react'
import type { PlacedColumn } from './model.ts'

declare module 'react' {
  interface CSSProperties {
    '--table-columns'?: string
    '--table-width'?: string
    [pin: `--pin-${string}`]: string
  }
}

/** The columns' widths as a grid template; `fit` takes the width of its content. */
const templateOf = (
  columns: readonly { readonly id: string; readonly width: number; readonly grow?: number }[],
  fit?: string,
): string =>
  columns
    .map(({ id, width, grow }) =>
      id === fit ? 'max-content' : grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`,
    )
    .join(' ')

const tracksOf = <C extends { readonly id: string }>(columns: readonly PlacedColumn<C>[]) =>
  columns.map(({ column: { id }, width, grow }) => ({ id, width, ...(grow !== undefined && { grow }) }))

/** Width that all columns need, px. */
const widthOf = (columns: readonly { readonly width: number }[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0)

/** Where each pinned column stays, px from its edge. */
function pins<C extends { readonly id: string }>(columns: readonly PlacedColumn<C>[]): CSSProperties {
  const style: CSSProperties = {}
  const stick = (pinned: readonly PlacedColumn<C>[]) => {
    let offset = 0
    for (const { column, width } of pinned) {
      style[`--pin-${column.id}`] = `${offset}px`
      offset += width
    }
  }
  const [start, end] = [
    columns.filter(({ pinned }) => pinned === 'start'),
    columns.filter(({ pinned }) => pinned === 'end').toReversed(),
  ]
  stick(start)
  stick(end)
  return { ...style, scrollPaddingLeft: widthOf(start), scrollPaddingRight: widthOf(end) }
}

/**
 * What a table's scroller needs so that header and rows share the columns' widths. A column that is made wider changes
 * nothing else: rows are not rendered again.
 */
export function useColumnStyle<C extends { readonly id: string }>(
  columns: readonly PlacedColumn<C>[],
  room: number,
) {
  return useMemo(() => {
    const needed = widthOf(columns)
    return {
      /** Whether the table scrolls sideways, past the pinned columns. */
      'data-sideways': room > 0 && needed > room ? true : undefined,
      style: {
        '--table-columns': templateOf(tracksOf(columns)),
        '--table-width': `${needed}px`,
        ...pins(columns),
      } satisfies CSSProperties,
    }
  }, [columns, room])
}

/** A column's cell in a row: where it is pinned, and not how wide it is. */
export interface CellColumn<C> {
  readonly column: C
  readonly pinned?: 'start' | 'end'
}

const areSame = <C>(some: readonly CellColumn<C>[], others: readonly CellColumn<C>[]): boolean =>
  some.length === others.length &&
  some.every(({ column, pinned }, at) => column === others[at]?.column && pinned === others[at]?.pinned)

/** The columns for the rows; the same list as before while only widths change. */
export function useCellColumns<C>(columns: readonly PlacedColumn<C>[]): readonly CellColumn<C>[] {
  const [kept, setKept] = useState<readonly CellColumn<C>[]>(columns)
  if (areSame(kept, columns)) return kept
  setKept(columns)
  return columns
}

/** Classes and position of a header or a cell that stays in sight while the table scrolls sideways. */
export function pinProps({ column, pinned }: CellColumn<{ readonly id: string }>): {
  readonly className: string | undefined
  readonly style: CSSProperties | undefined
} {
  if (pinned === undefined) return { className: undefined, style: undefined }
  const offset = `var(--pin-${column.id})`
  return pinned === 'start'
    ? { className: 'table-pinned', style: { left: offset } }
    : { className: 'table-pinned', style: { right: offset } }
}

/** Width of a column's content as drawn now, px: its header's and that of all rows in sight. */
export function contentWidth<C extends { readonly id: string }>(
  scroller: HTMLElement,
  columns: readonly PlacedColumn<C>[],
  id: string,
): number {
  const before = scroller.style.getPropertyValue('--table-columns')
  scroller.style.setProperty('--table-columns', templateOf(tracksOf(columns), id))
  const cells = scroller.querySelectorAll(`[data-column="${id}"]`)
  const widths = [...cells].map((cell) => cell.getBoundingClientRect().width)
  scroller.style.setProperty('--table-columns', before)
  return Math.ceil(Math.max(0, ...widths))
}
