import type { DragEvent, HTMLAttributes } from 'react'
import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'
import { useSettings } from '../stores/settings.ts'
import { moveRow, useIsMovable } from './watchlist-rows.ts'

/** Which edge of a row a dragged row would be put at. */
type Edge = 'above' | 'below'

interface RowDragState {
  readonly dragged?: StockSymbol
  readonly target?: { readonly symbol: StockSymbol; readonly edge: Edge }
}

const useDrag = create<RowDragState>(() => ({}))
const endDrag = () => useDrag.setState({}, true)

interface RowDrag {
  /** Where to draw the line at which the dragged row would be put. */
  readonly edge: Edge | undefined
  readonly handlers: Pick<
    HTMLAttributes<HTMLElement>,
    'draggable' | 'onDragStart' | 'onDragOver' | 'onDrop' | 'onDragEnd'
  >
}

/** Lets a row of the watchlist be dragged to another place while the rows stand in the list's own order. */
export function useRowDrag(symbol: StockSymbol): RowDrag {
  const edge = useDrag(({ target }) => (target?.symbol === symbol ? target.edge : undefined))
  const isFixed = useSettings(({ view }) => view?.fixed.symbols !== undefined)
  const isMovable = useIsMovable() && !isFixed
  if (!isMovable) return { edge: undefined, handlers: {} }
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData('text/plain', symbol)
    event.dataTransfer.effectAllowed = 'move'
    useDrag.setState({ dragged: symbol })
  }
  const onDragOver = (event: DragEvent) => {
    const { dragged } = useDrag.getState()
    if (dragged === undefined) return
    event.preventDefault()
    const { top, height } = event.currentTarget.getBoundingClientRect()
    const target = { symbol, edge: event.clientY < top + height / 2 ? 'above' : 'below' } as const
    useDrag.setState({ target })
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    const { dragged, target } = useDrag.getState()
    endDrag()
    if (dragged === undefined || target === undefined || dragged === symbol) return
    void moveRow(dragged, (symbols) => {
      const at = symbols.filter((other) => other !== dragged).indexOf(symbol)
      return target.edge === 'above' ? at : at + 1
    })
  }
  return { edge, handlers: { draggable: true, onDragStart, onDragOver, onDrop, onDragEnd: endDrag } }
}
