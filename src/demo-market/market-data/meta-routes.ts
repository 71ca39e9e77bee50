import { json, Refusal, type Route } from '../server/index.ts'

const EXCHANGES = {
  A: 'NYSE American (AMEX)',
  J: 'Cboe EDGA',
  K: 'Cboe EDGX',
  N: 'New York Stock Exchange',
  P: 'NYSE Arca',
  Q: 'NASDAQ OMX',
  V: 'IEX',
  Y: 'Cboe BYX',
  Z: 'Cboe BZ',
}
const TRADE_CONDITIONS = { '@': 'Regular Sale', I: 'Odd Lot Trade', T: 'Form T' }
const QUOTE_CONDITIONS = { R: 'Regular Market Maker Open' }
const TAPES = ['A', 'B', 'C']

/** What the letters on quotes and trades mean. */
export const metaRoutes: readonly Route[] = [
  { method: 'GET', path: '/v2/stocks/meta/exchanges', answer: () => json(EXCHANGES) },
  {
    method: 'GET',
    path: '/v2/stocks/meta/conditions/:kind',
    answer({ query }, kind) {
      if (!TAPES.includes(query.get('tape') ?? '')) throw new Refusal(400, 'invalid tape')
      if (kind === 'trade') return json(TRADE_CONDITIONS)
      if (kind === 'quote') return json(QUOTE_CONDITIONS)
      throw new Refusal(400, 'invalid ticktype')
    },
  },
]
