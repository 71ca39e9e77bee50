import type { TradingSnapshot } from '../../src/shared/trading/account.ts'
import { FieldExchange } from './field-case.ts'
import { test as base } from './trading-test.ts'

interface Fixtures {
  /** Opens an exchange that answers like this, and ends it with the test. */
  readonly exchangeThat: typeof FieldExchange.start
}

/** A test with exchanges that answer as the cases from the field say. */
export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern which fixtures are wanted
  exchangeThat: async ({}, run) => {
    const started: FieldExchange[] = []
    await run(async (...answers) => {
      const exchange = await FieldExchange.start(...answers)
      started.push(exchange)
      return exchange
    })
    for (const { server } of started) await server.close()
  },
})

/** Whether what is shown was compared with the exchange and found the same. */
export const isAgreed = ({ reconciliation }: TradingSnapshot): boolean => reconciliation.state === 'agreed'
