import type { SignalHandlers } from '#shared/ipc/contract'
import type { Mode } from '#shared/settings'

type TradingCalls = SignalHandlers['trading']

/** The same call without the mode, if it has one. */
type OfOneAccount<F> = F extends (input: infer I) => infer R
  ? I extends { readonly mode: Mode }
    ? keyof I extends 'mode'
      ? (input?: undefined) => R
      : (input: Omit<I, 'mode'>) => R
    : F
  : never

/** The contract's trading calls for one account, which was already chosen by mode. */
export type TradingHandlers = { readonly [N in keyof TradingCalls]: OfOneAccount<TradingCalls[N]> }
