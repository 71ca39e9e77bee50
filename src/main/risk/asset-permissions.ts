import type { Asset } from '#alpaca'
import type { AssetPermissions } from './context.ts'

/** What Alpaca's asset list allows with a stock. */
export const assetPermissions = ({
  status,
  tradable,
  fractionable,
  shortable,
  borrowStatus,
  attributes,
}: Asset): AssetPermissions => ({
  tradable: tradable && status === 'active',
  fractionable,
  shortable,
  easyToBorrow: borrowStatus === undefined ? shortable : borrowStatus === 'easy_to_borrow',
  fractionableExtended: attributes.includes('fractional_eh_enabled'),
  overnightTradable: attributes.includes('overnight_tradable') && !attributes.includes('overnight_halted'),
})
