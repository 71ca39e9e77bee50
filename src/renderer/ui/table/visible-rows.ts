import {
  defaultRangeExtractor,
  elementScroll,
  useVirtualizer,
  type Range,
  type Rect,
  type Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/react-virtual'
import { useCallback, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'

type RowVirtualizer = Virtualizer<HTMLElement, HTMLElement>

interface RowsToDraw {
  /** The table's name, by which the room it had is remembered. */
  readonly label: string
  readonly scroller: RefObject<HTMLElement | null>
  readonly keys: readonly string[]
  /** Height of a row, px; `measureElement` of the answer finds that of rows that have more. */
  readonly height: number
  /** Rows also drawn beyond the edges. */
  readonly overscan: number
  /** What the header covers of the rows, px. */
  readonly headerHeight: number
  /** Index of the focused row, or -1. */
  readonly focused: number
}

const NO_ROOM: Rect = { width: 0, height: 0 }

/** The room each table had when it was last drawn: one that is drawn again starts with it. */
const rooms = new Map<string, Rect>()

/** Elements whose first position was set. */
const placed = new WeakSet<HTMLElement>()

/**
 * Which rows of a table to draw, and its inner width, px. The browser tells the room as part of drawing: asking for it
 * would have a new screen laid out twice, half drawn and whole.
 */
export function useVisibleRows(rows: RowsToDraw): {
  readonly virtualizer: RowVirtualizer
  readonly room: number
} {
  const { label, scroller, keys, height, focused } = rows
  const [room, setRoom] = useState(() => rooms.get(label) ?? NO_ROOM)
  const observeRoom = ({ scrollElement }: RowVirtualizer, report: (room: Rect) => void) => {
    if (!scrollElement) return undefined
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const now = { width: Math.round(entry.contentRect.width), height: Math.round(entry.contentRect.height) }
      rooms.set(label, now)
      // At once, or the old rows would be seen in the new room for a frame.
      flushSync(() => {
        setRoom((before) => (before.width === now.width && before.height === now.height ? before : now))
        report(now)
      })
    })
    observer.observe(scrollElement)
    return () => observer.disconnect()
  }
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: keys.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    overscan: rows.overscan,
    scrollPaddingStart: rows.headerHeight,
    rangeExtractor: useCallback((range: Range) => withFocused(range, focused), [focused]),
    initialRect: room,
    observeElementRect: observeRoom,
    scrollToFn: scrollTo,
  })
  return { virtualizer, room: room.width }
}

/** Scrolls, but not a new element to the top, where it is: the browser would lay it out for that. */
const scrollTo: VirtualizerOptions<HTMLElement, HTMLElement>['scrollToFn'] = (
  offset,
  options,
  virtualizer,
) => {
  const element = virtualizer.scrollElement
  const isNew = element !== null && !placed.has(element)
  if (isNew) placed.add(element)
  if (!isNew || offset !== 0) elementScroll(offset, options, virtualizer)
}

/** Adds the focused row to the drawn range while it is out of sight, or the focus would be lost. */
function withFocused(range: Range, focused: number): number[] {
  const drawn = defaultRangeExtractor(range)
  if (focused < 0 || drawn.includes(focused)) return drawn
  return [...drawn, focused].sort((one, other) => one - other)
}
