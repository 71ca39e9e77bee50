import type { Clock } from '../clock.ts'
import { json, type Route } from '../server/index.ts'

/** The demo account: a hundred thousand dollars of play money, a margin account as Alpaca's paper trading gives. */
export const accountRoutes = (clock: Clock): readonly Route[] => [
  {
    method: 'GET',
    path: '/v2/account',
    answer: () =>
      json({
        id: 'd3e00000-0000-4000-8000-000000000001',
        account_number: 'PA3DEMO00001',
        status: 'ACTIVE',
        crypto_status: 'INACTIVE',
        currency: 'USD',
        cash: '100000',
        equity: '100000',
        last_equity: '100000',
        buying_power: '200000',
        regt_buying_power: '200000',
        non_marginable_buying_power: '100000',
        long_market_value: '0',
        short_market_value: '0',
        initial_margin: '0',
        maintenance_margin: '0',
        last_maintenance_margin: '0',
        sma: '100000',
        multiplier: '2',
        accrued_fees: '0',
        trading_blocked: false,
        transfers_blocked: false,
        account_blocked: false,
        trade_suspended_by_user: false,
        shorting_enabled: true,
        balance_asof: new Date(clock.now() - 86_400_000).toISOString().slice(0, 10),
        created_at: '2026-01-05T14:00:00.123456Z',
      }),
  },
]
