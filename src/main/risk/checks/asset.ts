import { refuse, type Check } from '../problems.ts'

/** The stock must be on Alpaca's list and tradable. Without the list, Alpaca decides itself. */
export const checkAsset: Check = ({ symbol }, { asset }) => {
  const field = 'symbol'
  if (asset === undefined) {
    return [refuse('SYMBOL_UNKNOWN', `Unknown symbol ${symbol}.`, { field })]
  }
  return asset === 'unknown' || asset.tradable
    ? []
    : [refuse('SYMBOL_NOT_TRADABLE', `${symbol} isn’t tradable at Alpaca.`, { field })]
}
