import { addDays } from '#shared/calendar/new-york'
import { exchangeDayOf } from '#shared/exchange-calendar'
import type { EpochMs } from '#shared/units'
import { json, type Route } from '../server/index.ts'
import { listActivities } from './activities.ts'
import { lastEquity, standingToday } from './day-start.ts'
import { MULTIPLIER } from './figures.ts'
import { figuresNow, type AdmissionDeps } from './admission.ts'
import { portfolioHistory } from './portfolio-history.ts'

const CONFIGURATIONS = {
  no_shorting: false,
  suspend_trade: false,
  fractional_trading: true,
  max_margin_multiplier: MULTIPLIER.toFixed(),
  trade_confirm_email: 'none',
  ptp_no_exception_entry: false,
  disable_overnight_trading: false,
}

/**
 * Each newly opened account gets its own id, so that a client that keeps account state can tell them apart.
 */
const accountId = (createdAt: EpochMs): string =>
  `d3e00000-0000-4000-8000-${createdAt.toString(16).padStart(12, '0')}`

/** The account, its activities and its past value. */
export function accountRoutes(deps: AdmissionDeps): readonly Route[] {
  const { ledger, prices } = deps
  const { accountState, clock } = ledger

  function account(): object {
    const figures = figuresNow(deps)
    const [equity, buyingPower] = [figures.equity.toFixed(), figures.buyingPower.toFixed()]
    return {
      id: accountId(accountState.createdAt),
      account_number: 'PA3DEMO00001',
      status: 'ACTIVE',
      crypto_status: 'INACTIVE',
      currency: 'USD',
      cash: figures.cash.toFixed(),
      equity,
      portfolio_value: equity,
      last_equity: lastEquity(standingToday(accountState, clock.now()), (symbol) =>
        prices.lastDay(symbol),
      ).toFixed(),
      buying_power: buyingPower,
      regt_buying_power: buyingPower,
      non_marginable_buying_power: figures.nonMarginable.toFixed(),
      long_market_value: figures.longValue.toFixed(),
      short_market_value: figures.shortValue.toFixed(),
      initial_margin: figures.initialMargin.toFixed(),
      maintenance_margin: figures.maintenanceMargin.toFixed(),
      last_maintenance_margin: '0',
      sma: figures.equity.minus(figures.initialMargin).toFixed(),
      multiplier: MULTIPLIER.toFixed(),
      accrued_fees: '0',
      trading_blocked: false,
      transfers_blocked: false,
      account_blocked: false,
      trade_suspended_by_user: false,
      shorting_enabled: true,
      balance_asof: addDays(exchangeDayOf(clock.now()), -1),
      created_at: new Date(accountState.createdAt).toISOString(),
    }
  }

  return [
    { method: 'GET', path: '/v2/account', answer: () => json(account()) },
    { method: 'GET', path: '/v2/account/configurations', answer: () => json(CONFIGURATIONS) },
    {
      method: 'GET',
      path: '/v2/account/activities',
      answer: ({ query }) => json(listActivities(accountState.executions, query)),
    },
    {
      method: 'GET',
      path: '/v2/account/activities/:type',
      answer: ({ query }, type) =>
        json(listActivities(type === 'FILL' ? accountState.executions : [], query)),
    },
    {
      method: 'GET',
      path: '/v2/account/portfolio/history',
      answer: ({ query }) => json(portfolioHistory({ accountState, prices, now: clock.now() }, query)),
    },
  ]
}
