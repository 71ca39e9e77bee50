import { refuse, type Check } from '../problems.ts'

/** The stock must be on Alpaca's list and tradable. Without the list, Alpaca decides itself. */
export const checkAsset: Check = ({ symbol }, { asset }) => {
  const field = 'symbol'
  if (asset === undefined) {
    return [refuse('SYMBOL_UNKNOWN', `Alpaca does not know ${symbol}. Check how it is written.`, { field })]
  }
  return asset === 'unknown' || asset.tradable
    ? []
    : [refuse('SYMBOL_NOT_TRADABLE', `Alpaca does not trade ${symbol} now. Choose another stock.`, { field })]
}
