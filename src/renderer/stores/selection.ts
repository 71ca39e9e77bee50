import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'

/** The selected symbol, shared by all screens: trading keys act on it. */
export const useSelection = create<{ readonly symbol?: StockSymbol }>(() => ({}))

/** Selects a symbol. */
export const select = (symbol: StockSymbol): void => useSelection.setState({ symbol })
