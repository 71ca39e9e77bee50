import { decimalsOf } from '#shared/format/numbers'

/** U+2007, as wide as a tabular figure. */
const FIGURE_SPACE = '\u2007'
/** U+2008, as wide as a decimal point. */
const POINT_SPACE = '\u2008'

/** Spaces in place of missing decimals, so that right-aligned decimal points line up. */
export function decimalPadding(text: string, decimals: number): string {
  const missing = Math.max(0, decimals - decimalsOf(text))
  const point = missing > 0 && !text.includes('.') ? POINT_SPACE : ''
  return point + FIGURE_SPACE.repeat(missing)
}

/**
 * Where a number starts to differ from the one shown before, so that the digits that moved stand out: an
 * index into `next`; 0 if the length changed; its length if nothing did.
 */
export function changedFrom(previous: string, next: string): number {
  if (previous.length !== next.length) return 0
  let at = 0
  while (at < next.length && previous[at] === next[at]) at += 1
  return at
}
