/** One measured row: the machine's raw limit, our figure, and the ratio, from the same run. */
export interface Measurement {
  readonly name: string
  readonly unit: string
  /** What the machine does without Signal; absent if there is nothing to compare with. */
  readonly raw?: number
  readonly ours: number
  /** The figure of Alpaca's own SDK; absent in rows that are not compared with it. */
  readonly sdk?: number
  /** ours / sdk if the row has one, otherwise ours / raw. */
  readonly ratio?: number
  /** A description of the budget, and whether this run met it. */
  readonly budget: string
  readonly kept: boolean
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] = [sorted[(sorted.length - 1) >> 1], sorted[middle]]
  return (low + high) / 2
}

/** The value below which a share `p` of the values lies. */
export const percentile = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)] ?? Number.NaN
}

/** The rows as a table for people. */
export function toTable(rows: readonly Measurement[]): string {
  const number = (value: number | undefined) =>
    value === undefined ? '' : value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 2 : 0 })
  const cells = rows.map(({ name, unit, raw, ours, sdk, ratio, budget, kept }) => [
    name,
    number(raw),
    number(ours),
    number(sdk),
    unit,
    number(ratio),
    `${kept ? 'kept' : 'MISSED'}: ${budget}`,
  ])
  const table = [['what', 'raw', 'ours', 'SDK', 'unit', 'ratio', 'budget'], ...cells]
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? []
  const isNumber = (column: number) => [1, 2, 3, 5].includes(column)
  return table
    .map((line) =>
      line
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
