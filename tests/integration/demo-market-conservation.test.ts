import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as acknowledged } from 'node:timers/promises'
import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { manualClock } from '../../src/demo-market/clock.ts'
import { SimExchange, QuoteBoard } from '../../src/demo-market/exchange/index.ts'
import { FaultBoard } from '../../src/demo-market/faults.ts'
import { answer } from '../../src/demo-market/server/router.ts'
import { SimTrading, type SimOrder } from '../../src/demo-market/trading/index.ts'

/** Tuesday, a second after 10:00 in New York. */
const TUESDAY = Date.parse('2026-11-24T15:00:01Z')
const SYMBOLS = ['AAPL', 'SOFI']
/** Exact for every amount in this test. */
const Exact = Decimal.clone({ precision: 40 })

/** The exchange without HTTP and without a real clock: thousands of steps a second. */
class Bench {
  readonly #clock = manualClock(TUESDAY)
  readonly #exchange = new SimExchange(this.#clock, { seed: 1, symbols: SYMBOLS, alwaysOpen: true })
  readonly #quotes = new QuoteBoard(this.#exchange, 1)
  readonly #accountFile: string
  #trading: SimTrading

  constructor(accountFile: string) {
    this.#accountFile = accountFile
    this.#trading = this.#open()
  }

  #open(): SimTrading {
    return new SimTrading({
      exchange: this.#exchange,
      quotes: this.#quotes,
      faults: new FaultBoard(),
      areKeys: () => false,
      accountFile: this.#accountFile,
      log: (line) => expect.fail(line),
    })
  }

  ask<T>(method: string, path: string, body?: object): T {
    const [pathname = '', query] = path.split('?')
    const request = {
      method,
      path: pathname,
      query: new URLSearchParams(query),
      body: JSON.stringify(body ?? {}),
    }
    const { body: text } = answer(this.#trading.routes, request)
    return (text === '' ? {} : JSON.parse(text.toString())) as T
  }

  /** A price near the ask, in whole cents. */
  near(symbol: string, percent: number): string {
    const listing = this.#exchange.listing(symbol)
    const ask = listing && this.#quotes.latest(listing, this.#clock.now())?.ask
    return new Decimal(ask ?? 1).times(1 + percent / 100).toFixed(2)
  }

  jump(symbol: string, percent: number): void {
    this.#exchange.jump(symbol, percent)
    this.#clock.advance(1500)
  }

  advance(ms: number): void {
    this.#clock.advance(ms)
  }

  orders(): readonly SimOrder[] {
    return this.#trading.orders()
  }

  fill(order: string, qty: string): void {
    try {
      this.#trading.injectFault({ kind: 'fill', order, qty })
    } catch {
      // The order has ended, or wants less.
    }
  }

  restart(): void {
    this.stop()
    this.#trading = this.#open()
  }

  stop(): void {
    this.#trading.stop()
  }
}

interface Activity {
  readonly order_id: string
  readonly symbol: string
  readonly side: 'buy' | 'sell'
  readonly price: string
  readonly qty: string
}

const activities = (bench: Bench): readonly Activity[] => {
  const all: (Activity & { id: string })[] = []
  for (;;) {
    const token = all.at(-1)?.id
    const path = `/v2/account/activities?direction=asc${token === undefined ? '' : `&page_token=${token}`}`
    const page = bench.ask<(Activity & { id: string })[]>('GET', path)
    all.push(...page)
    if (page.length < 100) return all
  }
}

/** What must be true after every step, whatever was done. */
function check(bench: Bench): void {
  const orders = new Map(bench.orders().map((order) => [order.id, order]))
  const filled = new Map<string, Decimal>()
  const held = new Map<string, Decimal>()
  const turned = new Set<string>()
  let cash = new Exact(100_000)
  for (const { order_id, symbol, side, price, qty } of activities(bench)) {
    const order = orders.get(order_id)
    const sign = side === 'buy' ? 1 : -1
    const before = held.get(symbol) ?? new Exact(0)
    const after = before.plus(new Exact(qty).times(sign))
    cash = cash.minus(new Exact(price).times(qty).times(sign))
    held.set(symbol, after)
    filled.set(order_id, (filled.get(order_id) ?? new Exact(0)).plus(qty))
    if (order?.limitPrice) expect(new Exact(price).minus(order.limitPrice).times(sign).lte(0)).toBe(true)
    // An exit never opens a position on the other side, unless an entry from long ago got in between.
    const isExit = order?.positionIntent.endsWith('close') ?? false
    if (!isExit && before.times(sign).lt(0)) turned.add(symbol)
    if (isExit && !turned.has(symbol)) expect(after.times(before).gte(0)).toBe(true)
  }
  for (const order of orders.values()) {
    expect((filled.get(order.id) ?? new Exact(0)).toFixed()).toBe(order.filledQty)
    if (order.qty !== null) expect(new Exact(order.filledQty).lte(order.qty)).toBe(true)
    if (order.status === 'filled' && order.qty !== null) expect(order.filledQty).toBe(order.qty)
  }
  expect(bench.ask<{ cash: string }>('GET', '/v2/account').cash).toBe(cash.toFixed())
  const positions = bench.ask<{ symbol: string; qty: string; qty_available: string }[]>(
    'GET',
    '/v2/positions',
  )
  const reported = new Map(positions.map(({ symbol, qty }) => [symbol, qty]))
  for (const [symbol, qty] of held) expect(reported.get(symbol) ?? '0').toBe(qty.toFixed())
  for (const { qty, qty_available } of positions)
    expect(new Exact(qty_available).abs().lte(new Exact(qty).abs())).toBe(true)
}

const terms = fc.record({
  symbol: fc.constantFrom(...SYMBOLS),
  side: fc.constantFrom('buy', 'sell'),
  qty: fc.integer({ min: 1, max: 400 }).map(String),
  time_in_force: fc.constantFrom('day', 'gtc', 'ioc', 'fok'),
  percent: fc.integer({ min: -6, max: 6 }),
  form: fc.constantFrom('market', 'limit', 'stop', 'stop_limit', 'trailing_stop', 'bracket', 'oco', 'oto'),
})
const pick = fc.nat(30)
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('place' as const), terms }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cancel' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('replace' as const),
      pick,
      percent: fc.integer({ min: -6, max: 6 }),
      qty: fc.option(fc.integer({ min: 1, max: 400 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('fill' as const), pick, qty: fc.integer({ min: 1, max: 200 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      symbol: fc.constantFrom(...SYMBOLS),
      percent: fc.integer({ min: -5, max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 5000 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('close' as const), symbol: fc.constantFrom(...SYMBOLS) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
)

function toBody(
  bench: Bench,
  { form, percent, ...rest }: typeof terms extends fc.Arbitrary<infer T> ? T : never,
): object {
  const near = (more: number) => bench.near(rest.symbol, percent + more)
  const up = rest.side === 'buy' ? 1 : -1
  switch (form) {
    case 'limit':
      return { ...rest, type: form, limit_price: near(0) }
    case 'stop':
      return { ...rest, type: form, stop_price: near(0) }
    case 'stop_limit':
      return { ...rest, type: form, stop_price: near(0), limit_price: near(up) }
    case 'trailing_stop':
      return { ...rest, type: form, trail_percent: '1' }
    case 'bracket':
    case 'oto': {
      const profit = { limit_price: bench.near(rest.symbol, 3 * up) }
      const loss = { stop_price: bench.near(rest.symbol, -3 * up) }
      return {
        ...rest,
        type: 'market',
        order_class: form,
        take_profit: profit,
        ...(form === 'bracket' && { stop_loss: loss }),
      }
    }
    case 'oco':
      return {
        ...rest,
        type: 'limit',
        order_class: form,
        take_profit: { limit_price: bench.near(rest.symbol, -3 * up) },
        stop_loss: { stop_price: bench.near(rest.symbol, 3 * up) },
      }
    default:
      return { ...rest, type: 'market' }
  }
}

test('no share and no cent is created or lost, whatever is ordered, changed, filled and restarted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-conservation-'))
  let [runs, fills] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 80 }), async (steps) => {
      const bench = new Bench(join(folder, `${runs++}.jsonl`))
      const chosen = (nth: number) => bench.orders().at(-1 - nth)?.id ?? 'none'
      for (const each of steps) {
        if (each.do === 'place') bench.ask('POST', '/v2/orders', toBody(bench, each.terms))
        if (each.do === 'cancel') bench.ask('DELETE', `/v2/orders/${chosen(each.pick)}`)
        if (each.do === 'replace') {
          const old = bench.orders().find(({ id }) => id === chosen(each.pick))
          const price = bench.near(old?.symbol ?? 'AAPL', each.percent)
          bench.ask('PATCH', `/v2/orders/${old?.id ?? 'none'}`, {
            ...(each.qty !== null && { qty: String(each.qty) }),
            ...(old?.limitPrice && { limit_price: price }),
          })
        }
        if (each.do === 'fill') bench.fill(chosen(each.pick), String(each.qty))
        if (each.do === 'jump') bench.jump(each.symbol, each.percent)
        if (each.do === 'wait') bench.advance(each.ms)
        if (each.do === 'close') bench.ask('DELETE', `/v2/positions/${each.symbol}`)
        if (each.do === 'restart') bench.restart()
        if (each.do !== 'restart') await acknowledged()
        check(bench)
      }
      fills += activities(bench).length
      bench.stop()
    }),
    { numRuns: 100 },
  )
  expect(fills).toBeGreaterThan(300)
  rmSync(folder, { recursive: true })
}, 60_000)
