import type { SignalHandlers } from '#shared/ipc/contract'

type TradingCalls = SignalHandlers['trading']
type Ordering = 'submit' | 'replace' | 'closePosition'

/** The contract's calls about trading, as one account answers them: whose account it is was looked at before. */
export type TradingHandlers = Omit<TradingCalls, Ordering | 'flatten'> & {
  readonly [N in Ordering]: (
    input: Omit<Parameters<TradingCalls[N]>[0], 'mode'>,
  ) => ReturnType<TradingCalls[N]>
} & { readonly flatten: (input?: undefined) => ReturnType<TradingCalls['flatten']> }
