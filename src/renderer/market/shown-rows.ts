import { create } from 'zustand'
import type { StockSymbol } from '#shared/units'

/** The rows of the grid from top to bottom. Written by the grid alone. */
export const useShownRows = create<{ readonly symbols: readonly StockSymbol[] }>(() => ({ symbols: [] }))
