import { contract, type OrderRefusal } from '#shared/ipc/contract'
import { err, ok } from '#shared/result'
import { handlersBy } from '#shared/rpc/pass-on'
import type { Mode } from '#shared/settings'
import { DEFAULT_RISK_LIMITS } from '#shared/trading/limits'
import type { OrderProblem } from '#shared/trading/problem'
import type { EpochMs } from '#shared/units'
import type { TradingHandlers } from './handlers.ts'

/** The error type of a call. */
type ErrorOf<F> = F extends (...input: never[]) => infer R
  ? Extract<Awaited<R>, { readonly ok: false }> extends { readonly error: infer E }
    ? E
    : never
  : never

/** The calls that may fail with an order refusal. */
type Refusable = keyof {
  [N in keyof TradingHandlers as OrderRefusal extends ErrorOf<TradingHandlers[N]> ? N : never]: N
}

/**
 * Answers trading calls since `at` while there is no market to send to: no keys, an account that stays closed, or the demo
 * market is not up yet.
 */
export function withoutTrading(mode: Mode, at: EpochMs, whyClosed?: string): TradingHandlers {
  const sentence =
    whyClosed ??
    (mode === 'demo'
      ? 'Demo market starting. Retry in a moment.'
      : `No API keys for the ${mode} account. Add them in Settings.`)
  const problem: OrderProblem = { code: 'NOT_CONNECTED', level: 'refuse', sentence }
  const refuse = () => err<OrderRefusal>({ kind: 'refused', problems: [problem] })
  // Refuses every call that may be refused, without listing them here; the others have their own answers below.
  const refused: Pick<TradingHandlers, Refusable> = handlersBy({ trading: contract.trading }, refuse).trading
  return {
    ...refused,
    snapshot: () =>
      ok({
        mode,
        trading: { state: 'reducing', reasons: [{ reason: 'disconnected', sentence, since: at }] },
        positions: [],
        orders: [],
        fills: [],
        limits: DEFAULT_RISK_LIMITS,
        reconciliation: { state: 'failed', hasBegun: false, at, differences: [], problem: sentence },
      }),
    check: () => ok({ problems: [problem], whatIf: {} }),
    release: () => err({ kind: 'not-released', message: sentence }),
    arm: () => err({ kind: 'not-armed', message: sentence }),
    disarm: () => ok(undefined),
  }
}
