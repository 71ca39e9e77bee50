import { beforeEach, expect, test } from 'vitest'
import { err, ok } from '#shared/result'
import { ManualClock } from '../../../tests/support/manual-clock.ts'
import { dailyBar } from '../../../tests/support/market-messages.ts'
import { AlpacaError, readCorporateAction, type CorporateAction } from '#alpaca'
import { silentLog } from '#process/log'
import { BarCache, createBus, type MarketEvents } from '../market/index.ts'
import type { ActionStore } from '../storage-client/index.ts'
import { CorporateActions } from './corporate-actions.ts'

const STARTING = err({ kind: 'starting', message: 'Opening the database.' } as const)
const AWAY = err({ kind: 'refused', message: 'There is no database here.' } as const)

/** A 4-for-1 split of AAPL on that day. */
function split(exDate: string): CorporateAction {
  const row = { id: 's', symbol: 'AAPL', old_rate: 1, new_rate: 4, ex_date: exDate, process_date: exDate }
  const read = readCorporateAction('forward_split', row)
  if (typeof read === 'string') throw new Error(read)
  return read
}

type Kept = Parameters<ActionStore['keep']>[0]

let clock: ManualClock
let cache: BarCache
let today: string
let answer: () => Promise<readonly CorporateAction[]>
let asked: (readonly string[])[]
let kept: Kept[]
let isAway: boolean
let isStarting: boolean
let loaded: string[]

const store: ActionStore = {
  keep: async (answered) => (isAway ? AWAY : ok(void kept.push(answered))),
  read: async ({ symbols }) =>
    isStarting
      ? STARTING
      : ok(kept.flatMap(({ actions }) => actions).filter(({ symbol }) => symbols.includes(symbol))),
  loadedSymbols: async () => (isAway ? AWAY : ok(loaded)),
}

beforeEach(() => {
  clock = new ManualClock(Date.parse('2026-11-24T15:00:00Z'))
  cache = new BarCache()
  cache.watch(['AAPL'])
  cache.startDay('2026-11-24')
  const message = dailyBar({ at: Date.parse('2026-11-23T05:00:00Z'), close: 400 })
  cache.updateDailyBar({ message, source: 'rest', receivedAt: clock.now() }, 'iex')
  today = '2026-11-24'
  answer = async () => [split('2026-11-24')]
  ;[asked, kept, loaded, isAway, isStarting] = [[], [], [], false, false]
})

const create = () =>
  new CorporateActions({
    client: {
      getCorporateActions({ symbols }) {
        asked.push(symbols)
        return answer()
      },
    },
    store,
    cache,
    bus: createBus<MarketEvents>(() => {}),
    today: () => today,
    clock,
    log: silentLog,
  })

const previousClose = () => cache.day('AAPL').previousClose?.close

test('splits are requested, applied and kept with their terms', async () => {
  await create().start(['AAPL'])
  expect(previousClose()).toBe(100)
  expect(kept).toMatchObject([
    {
      symbols: ['AAPL'],
      from: '2016-01-01',
      actions: [{ id: 's', exDay: '2026-11-24', terms: { new_rate: 4 } }],
    },
  ])
})

test('a split begins with its day, not before', async () => {
  answer = async () => [split('2026-11-25')]
  const actions = create()
  await actions.start(['AAPL'])
  expect(previousClose()).toBe(400)
  today = '2026-11-25'
  actions.newDay(['AAPL'])
  expect(previousClose()).toBe(100)
  expect(asked).toHaveLength(2)
})

test('symbols with loaded bars are requested too', async () => {
  loaded = ['AAPL', 'MSFT', 'TSLA']
  await create().start(['AAPL'])
  await clock.turn(1)
  expect(asked).toEqual([['AAPL'], ['MSFT', 'TSLA']])
})

test('without an answer the kept ones apply, and Alpaca is asked again after 15 and 30 seconds', async () => {
  await create().start(['AAPL'])
  cache.setSplits('AAPL', [])
  answer = async () => {
    throw new AlpacaError('network', 'down')
  }
  const actions = create()
  await actions.start(['AAPL'])
  expect(previousClose()).toBe(100)
  asked = []
  await clock.turn(15_000)
  expect(asked).toHaveLength(1)
  await clock.turn(29_999)
  expect(asked).toHaveLength(1)
  await clock.turn(1)
  expect(asked).toHaveLength(2)
  actions.stop()
  await clock.turn(3_600_000)
  expect(asked).toHaveLength(2)
})

test('what could not be kept is requested again, and kept once the database is there', async () => {
  isAway = true
  await create().start(['AAPL'])
  expect([previousClose(), kept]).toEqual([100, []])
  isAway = false
  await clock.turn(15_000)
  expect(kept).toHaveLength(1)
})

test('kept splits are waited for while the database opens', async () => {
  await create().start(['AAPL'])
  cache.setSplits('AAPL', [])
  answer = async () => {
    throw new AlpacaError('network', 'down')
  }
  isStarting = true
  const started = create().start(['AAPL'])
  await clock.turn(1_000)
  isStarting = false
  await clock.turn(100)
  await started
  expect(previousClose()).toBe(100)
})

test('the first prices wait at most three seconds', async () => {
  answer = () => new Promise(() => {})
  let isReady = false
  void create()
    .start(['AAPL'])
    .then(() => {
      isReady = true
    })
  await clock.turn(2_999)
  expect(isReady).toBe(false)
  await clock.turn(1)
  expect(isReady).toBe(true)
})
