import { exact, positive } from '../amounts.ts'
import { isClosingSide } from '../exits.ts'
import { isFractional, smallerBy } from '../order-size.ts'
import { refuse, type Check } from '../problems.ts'

/** Selling shares not held is a short sale: only whole shares of an easy-to-borrow stock. */
export const checkShortSale: Check = (draft, context) => {
  const { symbol, side, orderClass, quantity } = draft
  if (side === 'buy' || orderClass === 'oco' || isClosingSide(draft, context)) return []
  const { asset } = context
  if (asset !== undefined && asset !== 'unknown' && asset.tradable) {
    if (!asset.shortable)
      return [refuse('SHORT_NOT_ALLOWED', `Short sale: ${symbol} isn’t shortable.`, { field: 'side' })]
    if (!asset.easyToBorrow)
      return [refuse('SHORT_NOT_ALLOWED', `Short sale: ${symbol} is hard to borrow.`, { field: 'side' })]
  }
  if (!isFractional(draft)) return []
  const fix =
    quantity === undefined ? undefined : smallerBy(draft, { shares: positive(quantity) ?? exact(0) })
  return [refuse('SHORT_NOT_ALLOWED', 'Short sales: whole shares only.', { field: 'quantity', fix })]
}
