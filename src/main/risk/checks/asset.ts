import { refuse, type Check } from '../problems.ts'

/** Alpaca must know the stock and trade it. Where its list could not be had, Alpaca itself is the judge. */
export const checkAsset: Check = ({ symbol }, { asset }) => {
  const field = 'symbol'
  if (asset === undefined) {
    return [refuse('SYMBOL_UNKNOWN', `Alpaca does not know ${symbol}. Check how it is written.`, { field })]
  }
  return asset === 'unknown' || asset.tradable
    ? []
    : [refuse('SYMBOL_NOT_TRADABLE', `Alpaca does not trade ${symbol} now. Choose another stock.`, { field })]
}
