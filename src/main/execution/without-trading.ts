import type { OrderRefusal } from '#shared/ipc/contract'
import { err, ok } from '#shared/result'
import type { Mode } from '#shared/settings'
import { DEFAULT_RISK_LIMITS } from '#shared/trading/limits'
import type { OrderProblem } from '#shared/trading/problem'
import type { TradingHandlers } from './handlers.ts'

/** The answers to trading calls while there is no market to send to: no keys, or it is not found yet. */
export function withoutTrading(mode: Mode): TradingHandlers {
  const sentence =
    mode === 'demo'
      ? 'The demo market is not up yet. Try again in a moment.'
      : `There are no keys for the ${mode} account. Put them in under Settings.`
  const problem: OrderProblem = { code: 'NOT_CONNECTED', level: 'refuse', sentence }
  const refuse = () => err<OrderRefusal>({ kind: 'refused', problems: [problem] })
  const at = Date.now()
  return {
    snapshot: () =>
      ok({
        mode,
        trading: { state: 'reducing', reasons: [{ reason: 'disconnected', sentence, since: at }] },
        positions: [],
        orders: [],
        fills: [],
        limits: DEFAULT_RISK_LIMITS,
        reconciliation: { state: 'failed', at, differences: [], problem: sentence },
      }),
    check: () => ok({ problems: [problem], whatIf: {} }),
    submit: refuse,
    replace: refuse,
    cancel: refuse,
    cancelAll: refuse,
    closePosition: refuse,
    flatten: refuse,
    halt: refuse,
    release: () => err({ kind: 'not-released', message: sentence }),
    arm: () => err({ kind: 'not-armed', message: sentence }),
    disarm: () => ok(undefined),
    setLimits: refuse,
    reconcile: refuse,
  }
}
