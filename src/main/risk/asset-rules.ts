import type { Asset } from '#alpaca'
import type { AssetRules } from './context.ts'

/** What Alpaca's list says may be done with a stock. */
export const assetRules = ({
  status,
  tradable,
  fractionable,
  shortable,
  borrowStatus,
  attributes,
}: Asset): AssetRules => ({
  tradable: tradable && status === 'active',
  fractionable,
  shortable,
  easyToBorrow: borrowStatus === undefined ? shortable : borrowStatus === 'easy_to_borrow',
  fractionableExtended: attributes.includes('fractional_eh_enabled'),
})
