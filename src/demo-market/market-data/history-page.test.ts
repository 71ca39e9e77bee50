import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FaultBoard } from '../faults.ts'
import { multiPage } from './history-page.ts'
import { PageFaults } from './pages.ts'

interface Tick {
  readonly at: number
  readonly id: number
}
interface Page {
  readonly trades: Readonly<Record<string, readonly number[]>>
  readonly next_page_token: string | null
}

/** Requests page after page, as a client does. */
function readAll(ticks: Readonly<Record<string, readonly Tick[]>>, limit: number, sort: 'asc' | 'desc') {
  const faults = new PageFaults(new FaultBoard())
  const got: string[] = []
  let token: string | null = null
  let pages = 0
  do {
    expect(++pages).toBeLessThan(100)
    const reply = multiPage<Tick>(
      {
        name: 'trades',
        symbols: Object.keys(ticks).sort(),
        from: 0,
        to: 100,
        sort,
        limit,
        token,
        each(symbol, { from, to }, take) {
          const inside = (ticks[symbol] ?? []).filter(({ at }) => from <= at && at <= to)
          take(sort === 'asc' ? inside : inside.reverse())
        },
        spell: (page, { id }) => page.whole(id),
      },
      faults,
    )
    const page = JSON.parse(reply.body.toString()) as Page
    const count = Object.values(page.trades).flat().length
    expect(count).toBeLessThanOrEqual(limit)
    for (const [symbol, ids] of Object.entries(page.trades)) got.push(...ids.map((id) => `${symbol} ${id}`))
    token = page.next_page_token
  } while (token !== null)
  return got
}

const instants = fc
  .array(fc.nat(12), { maxLength: 25 })
  .map((times) => [...times].sort((one, other) => one - other).map((at, id) => ({ at, id })))

test('pages lose nothing and repeat nothing, even when many trades share one timestamp', () => {
  fc.assert(
    fc.property(instants, instants, fc.integer({ min: 1, max: 9 }), (aapl, msft, limit) => {
      const forward = (symbol: string, ticks: readonly Tick[]) => ticks.map(({ id }) => `${symbol} ${id}`)
      expect(readAll({ AAPL: aapl, MSFT: msft }, limit, 'asc')).toEqual([
        ...forward('AAPL', aapl),
        ...forward('MSFT', msft),
      ])
      expect(readAll({ AAPL: aapl, MSFT: msft }, limit, 'desc')).toEqual([
        ...forward('AAPL', aapl).reverse(),
        ...forward('MSFT', msft).reverse(),
      ])
    }),
  )
})

test("another client's token is rejected", () => {
  const page = () =>
    multiPage<Tick>(
      {
        name: 'trades',
        symbols: ['AAPL'],
        from: 0,
        to: 1,
        sort: 'asc',
        limit: 1,
        token: Buffer.from('MSFT|1|1').toString('base64'),
        each: () => {},
        spell: () => {},
      },
      new PageFaults(new FaultBoard()),
    )
  expect(page).toThrow(/invalid page_token/)
})
