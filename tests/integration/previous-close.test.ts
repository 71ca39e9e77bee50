import { afterEach, expect, test } from 'vitest'
import type { ReceivedCall, Reply } from '../support/alpaca-server.ts'
import { openCase, type CaseAccount } from '../support/case-account.ts'
import { caseFile } from '../support/case-file.ts'

/** The feed's name where the prices come from a server that is not Alpaca's. */
const FOREIGN = expect.stringMatching(/^host:iex@127\.0\.0\.1:/) as string

interface SplitDay {
  readonly snapshots: object
  readonly positions: readonly object[]
  readonly corporate_actions: object
}

const AT = '2026-11-24T15:00:01Z'
const split = caseFile<SplitDay>('split-day')
let opened: CaseAccount

afterEach(() => opened.close())

const daily = (day: string, close: number) => ({
  t: `${day}T05:00:00Z`,
  o: close,
  h: close,
  l: close,
  c: close,
  v: 1000,
})

/** Alpaca's daily bars of the consolidated tape up to yesterday; nothing else. */
const officialCloses =
  (...closes: readonly object[]) =>
  ({ query }: ReceivedCall): Reply => ({
    body: {
      bars: query['timeframe'] === '1Day' && query['feed'] === 'sip' ? { KLMN: closes } : {},
      next_page_token: null,
    },
  })

const openSplitDay = (more: Partial<Parameters<typeof openCase>[0]> = {}) =>
  openCase({
    at: AT,
    snapshots: split.snapshots,
    positions: split.positions,
    corporateActions: split.corporate_actions,
    ...more,
  })

test('on the day of a split the change and the day’s profit are measured from the adjusted close', async () => {
  opened = await openSplitDay()
  const { session } = opened
  const row = await opened.row(({ previousClose }) => previousClose !== undefined)
  expect(row).toMatchObject({
    price: '100',
    previousClose: '100',
    change: '0',
    changePercent: '0',
    previousCloseOf: { feed: FOREIGN, day: '2026-11-23', split: '4-for-1' },
  })
  await session.when(({ positions }) => positions[0]?.dayPnl !== undefined)
  expect(session.snapshot().positions).toMatchObject([{ dayPnl: '0', totalPnl: '200' }])
  expect(session.rows.items.map(({ changePercent }) => changePercent)).not.toContain('-75')
})

test('splits are kept: without Alpaca’s answer they are known from the last time', async () => {
  opened = await openSplitDay()
  await opened.row(({ previousClose }) => previousClose === '100')
  await expect
    .poll(async () => {
      const kept = await opened.session.modeStorage.corporateActions.read({
        symbols: ['KLMN'],
        from: '2026-11-01',
      })
      return kept.ok && kept.value.map(({ id, type, exDay }) => [id, type, exDay])
    })
    .toEqual([['s', 'forward_split', '2026-11-24']])
  const { dataDir } = opened
  await opened.closeSession()
  await opened.server.close()
  opened = await openSplitDay({ dataDir, corporateActions: { not: 'a list' } })
  expect(await opened.row(({ change }) => change === '0')).toMatchObject({ previousClose: '100' })
})

test('a split of tomorrow changes nothing today', async () => {
  const { corporate_actions: of } = split.corporate_actions as {
    corporate_actions: { forward_splits: object[] }
  }
  const forward_splits = of.forward_splits.map((one) => ({
    ...one,
    ex_date: '2026-11-25',
    process_date: '2026-11-25',
  }))
  opened = await openSplitDay({
    corporateActions: { corporate_actions: { forward_splits }, next_page_token: null },
  })
  expect(await opened.row(({ previousClose }) => previousClose !== undefined)).toMatchObject({
    previousClose: '400',
    changePercent: '-75',
  })
})

test('before the first quote of the day, what was quoted and traded before a split is not taken for today’s', async () => {
  const klmn = {
    latestTrade: { t: '2026-11-24T00:59:00Z', x: 'V', p: 402, s: 100, c: ['@'], i: 1, z: 'C' },
    latestQuote: {
      t: '2026-11-24T00:59:00Z',
      ax: 'V',
      ap: 402.01,
      bx: 'V',
      bp: 401.99,
      bs: 1,
      as: 1,
      c: ['R'],
      z: 'C',
    },
    dailyBar: daily('2026-11-23', 400),
    prevDailyBar: daily('2026-11-20', 396),
  }
  opened = await openSplitDay({ at: '2026-11-24T09:00:01Z', snapshots: { KLMN: klmn } })
  const row = await opened.row(({ previousClose }) => previousClose !== undefined)
  expect(row).toMatchObject({ price: '100.5', basis: 'trade', previousClose: '100', changePercent: '0.5' })
  expect(row).toMatchObject({ lastTrade: { price: '100.5' } })
  expect(row.bid).toBeUndefined()
})

const iexSnapshot = {
  KLMN: {
    latestQuote: { t: AT, ax: 'V', ap: 171.31, bx: 'V', bp: 171.29, bs: 1, as: 1, c: ['R'], z: 'C' },
    prevDailyBar: daily('2026-11-23', 171.29),
  },
}

test('the previous close is the official one of all exchanges where the plan has it for yesterday', async () => {
  opened = await openCase({
    at: AT,
    snapshots: iexSnapshot,
    bars: officialCloses(daily('2026-11-20', 170), daily('2026-11-23', 171.21)),
  })
  expect(await opened.row(({ previousClose }) => previousClose === '171.21')).toMatchObject({
    change: '0.09',
    previousCloseOf: { feed: FOREIGN, day: '2026-11-23' },
  })
  const asked = opened.server.calls.items.find(({ query }) => query['timeframe'] === '1Day')
  expect(asked?.query).toMatchObject({ feed: 'sip', symbols: 'KLMN', end: '2026-11-23T05:00:00.000Z' })
})

test('where the plan has no official close, the base is named as the last trade on IEX, and asked for once', async () => {
  opened = await openCase({
    at: AT,
    snapshots: iexSnapshot,
    bars: ({ query }) =>
      query['feed'] === 'sip'
        ? { status: 403, body: { message: 'subscription does not permit querying recent SIP data' } }
        : { body: { bars: {}, next_page_token: null } },
  })
  expect(await opened.row(({ previousClose }) => previousClose !== undefined)).toMatchObject({
    previousClose: '171.29',
    change: '0.01',
    previousCloseOf: { feed: FOREIGN, day: '2026-11-23' },
  })
  const asked = () => opened.server.calls.items.filter(({ query }) => query['feed'] === 'sip')
  await expect.poll(() => asked().length).toBe(1)
  opened.clock.skip(10 * 60_000)
  await opened.session.modeStorage.eventLog.values.read({ name: 'none' })
  expect(asked()).toHaveLength(1)
})
