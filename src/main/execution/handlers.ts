import type { SignalHandlers } from '#shared/ipc/contract'
import type { Mode } from '#shared/settings'

type TradingCalls = SignalHandlers['trading']

/** The same call without the mode, where it names one. */
type OfOneAccount<F> = F extends (input: infer I) => infer R
  ? I extends { readonly mode: Mode }
    ? keyof I extends 'mode'
      ? (input?: undefined) => R
      : (input: Omit<I, 'mode'>) => R
    : F
  : never

/** The contract's calls about trading, as one account answers them: whose account it is was looked at before. */
export type TradingHandlers = { readonly [N in keyof TradingCalls]: OfOneAccount<TradingCalls[N]> }
