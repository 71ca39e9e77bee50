import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'

/** The symbol that the trader stands on, whatever the screen: what a key that trades is about. */
export const useSelection = create<{ readonly symbol?: StockSymbol }>(() => ({}))

/** Says which symbol the trader stands on now. */
export const select = (symbol: StockSymbol): void => useSelection.setState({ symbol })
