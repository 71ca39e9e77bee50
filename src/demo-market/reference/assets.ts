import type { SimExchange } from '../exchange/index.ts'
import { bitsAt, keyOf, type Listing } from '../generator/index.ts'
import { json, Refusal, type Route } from '../server/index.ts'

/** Thinly traded symbols that nobody lends, that are hard to borrow, or that trade in whole shares only. */
const NOT_SHORTABLE: readonly string[] = ['CTRM', 'GSAT']
const HARD_TO_BORROW: readonly string[] = ['AMC', 'SNDL']
const WHOLE_SHARES: readonly string[] = ['CTRM', 'UGA']

/** An id in UUID form that is always the same for a symbol. */
function assetId(symbol: string): string {
  const key = keyOf(0, symbol)
  const hex = [0, 1, 2, 3].map((nth) => bitsAt(key, nth).toString(16).padStart(8, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** A listing as a tradable asset, in Alpaca's format. */
export const assetOf = ({ symbol, name, exchange }: Listing) => ({
  id: assetId(symbol),
  class: 'us_equity',
  exchange,
  symbol,
  name,
  status: 'active',
  tradable: true,
  marginable: true,
  maintenance_margin_requirement: 30,
  margin_requirement_long: '30',
  margin_requirement_short: '30',
  shortable: !NOT_SHORTABLE.includes(symbol),
  easy_to_borrow: ![...NOT_SHORTABLE, ...HARD_TO_BORROW].includes(symbol),
  borrow_status: [...NOT_SHORTABLE, ...HARD_TO_BORROW].includes(symbol) ? 'hard_to_borrow' : 'easy_to_borrow',
  fractionable: !WHOLE_SHARES.includes(symbol),
  attributes: WHOLE_SHARES.includes(symbol) ? [] : ['fractional_eh_enabled'],
})

/** The asset routes: all listings, each active. */
export function assetRoutes(exchange: SimExchange): readonly Route[] {
  const assets = exchange.listings().map(assetOf)
  return [
    {
      method: 'GET',
      path: '/v2/assets',
      answer: ({ query }) =>
        json(
          assets.filter(
            (asset) =>
              (query.get('status') ?? 'active') === asset.status &&
              (query.get('asset_class') ?? 'us_equity') === asset.class &&
              (query.get('exchange') ?? asset.exchange) === asset.exchange,
          ),
        ),
    },
    {
      method: 'GET',
      path: '/v2/assets/:asset',
      answer(_, wanted) {
        const asset = assets.find(({ symbol, id }) => symbol === wanted || id === wanted)
        if (asset === undefined) throw new Refusal(404, `asset not found for ${wanted}`, 40410000)
        return json(asset)
      },
    },
  ]
}

/** An asset, with what may be done with it. */
export type SimAsset = ReturnType<typeof assetOf>
