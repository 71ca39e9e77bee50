import { readFileSync } from 'node:fs'
import { AlpacaServer, type ReceivedCall, type Reply } from './alpaca-server.ts'

const CASES = new URL('../../../shared/cases/', import.meta.url)

/** A case from the field: what Alpaca answered, and what is right. */
export const readCase = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`${name}.json`, CASES), 'utf8')) as T // each test knows its case

/** An account without anything. */
const ACCOUNT = {
  id: 'acc',
  account_number: 'PA000777',
  status: 'ACTIVE',
  currency: 'USD',
  cash: '81000',
  equity: '100000',
  last_equity: '100000',
  buying_power: '200000',
  multiplier: '4',
}

interface Answers {
  readonly positions?: readonly object[]
  /** Answers a list of orders by its query. */
  readonly orders?: (query: ReceivedCall['query']) => readonly object[]
  readonly fills?: readonly object[]
  readonly account?: object
  /** Answers by id. */
  readonly order?: (id: string) => object | undefined
}

const NOT_FOUND: Reply = { status: 404, body: { code: 40410000, message: 'order not found' } }

/** An Alpaca that answers as one of its users found it; what it answers may be changed at any time. */
export class FieldExchange {
  readonly server: AlpacaServer
  answers: Answers

  static async start(answers: Answers, orderIds: readonly string[] = []): Promise<FieldExchange> {
    return new FieldExchange(await AlpacaServer.start(), answers, orderIds)
  }

  private constructor(server: AlpacaServer, answers: Answers, orderIds: readonly string[]) {
    this.server = server
    this.answers = answers
    server.answer('GET /v2/account', () => ({ body: { ...ACCOUNT, ...this.answers.account } }))
    server.answer('GET /v2/positions', () => ({ body: this.answers.positions ?? [] }))
    server.answer('GET /v2/orders', ({ query }) => ({ body: this.answers.orders?.(query) ?? [] }))
    server.answer('GET /v2/account/activities', () => ({ body: this.answers.fills ?? [] }))
    server.answer('GET /v2/assets', { body: [] })
    server.answer('GET /v2/orders:by_client_order_id', NOT_FOUND)
    for (const id of orderIds)
      server.answer(`GET /v2/orders/${id}`, () => {
        const order = this.answers.order?.(id)
        return order === undefined ? NOT_FOUND : { body: order }
      })
  }

  get environment(): Record<string, string> {
    return this.server.environment
  }

  /** Calls so far, as `DELETE /v2/orders/tp`. */
  get calls(): readonly string[] {
    return this.server.calls.items.map(({ method, path }) => `${method} ${path}`)
  }
}
