import type { StockSymbol } from '#shared/units'

/** The rows of a table in sight, as typed letters find them. */
export interface FoundRows {
  /** The symbol of each row, from top to bottom. */
  readonly symbols: () => readonly StockSymbol[]
  /** Gives the focus to the first row of a symbol. */
  readonly show: (symbol: StockSymbol) => void
}

const byLabel = new Map<string, FoundRows>()

/** Lets letters find the rows of a table; returns its stop. */
export function offerRows(label: string, rows: FoundRows): () => void {
  byLabel.set(label, rows)
  return () => void (byLabel.get(label) === rows && byLabel.delete(label))
}

/** The tables whose rows are found: the one in focus first, then from top to bottom of the screen. */
export function tablesInSight(): readonly FoundRows[] {
  const tables = [...document.querySelectorAll('[role=table][aria-label]')]
  const focused = tables.filter((table) => table.contains(document.activeElement))
  return [...new Set([...focused, ...tables])].flatMap(
    (table) => byLabel.get(table.getAttribute('aria-label') ?? '') ?? [],
  )
}
