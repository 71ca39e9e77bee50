import type { SignalHandlers } from '#shared/ipc/contract'
import { withoutTrading } from './without-trading.ts'
import type { TradingParts } from './ports.ts'

/** The trading desk of one account. */
export class Trading {
  readonly handlers: SignalHandlers['trading']

  constructor({ mode }: TradingParts) {
    this.handlers = withoutTrading(mode)
  }

  start(): void {}

  refresh(_reason: string): void {}

  async close(): Promise<void> {}
}
