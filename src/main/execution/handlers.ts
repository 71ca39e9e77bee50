import type { SignalHandlers } from '#shared/ipc/contract'

type Contract = SignalHandlers['trading']
type Ordering = 'submit' | 'replace' | 'closePosition'

/** The contract's calls about trading, as one account answers them: whose account it is was looked at before. */
export type TradingHandlers = Omit<Contract, Ordering | 'flatten'> & {
  readonly [N in Ordering]: (input: Omit<Parameters<Contract[N]>[0], 'mode'>) => ReturnType<Contract[N]>
} & { readonly flatten: (input?: undefined) => ReturnType<Contract['flatten']> }
