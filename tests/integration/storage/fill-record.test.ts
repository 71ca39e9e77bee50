import { randomUUID } from 'node:crypto'
import { beforeEach, expect } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import { AlpacaError, type HistoricalBar } from '#alpaca'
import { systemClock } from '#process/clock'
import { silentLog } from '#process/log'
import { readEvents, verifyEvents } from '../../../src/storage/events/index.ts'
import { recordFill } from '../../../src/storage/fill-record.ts'
import { HistoricalLoader, type LoadDeps } from '../../../src/storage/loader/index.ts'
import { exchangeDayOf, nyse } from '../../../src/shared/exchange-calendar.ts'
import { loadRequest, type LoadRequest } from '../../../src/shared/history.ts'
import { historyFilled } from '../../../src/shared/verification.ts'
import { pagedSource, ScriptedSource, sessions } from '../../support/bar-source.ts'
import { describeDatabases } from '../../support/database-suite.ts'

const NOW = Date.parse('2024-12-02T12:00:00Z')
const asked = (...symbols: string[]): LoadRequest =>
  loadRequest.parse({ symbols, startDate: '2024-11-26', endDate: '2024-11-27', feed: 'sip' })

/** Every minute of the regular sessions, except ten in the middle of each. */
const withHoles = (symbol: string, from: number, until: number): HistoricalBar[] =>
  sessions(symbol, from, until).filter(({ at }) => {
    const { open } = nyse.tradingDay(exchangeDayOf(at))!
    return at < open + 100 * MINUTE_MS || at >= open + 110 * MINUTE_MS
  })

describeDatabases('the outcome of filling gaps is written to the log of %s', (opened, check) => {
  let id: string
  beforeEach(() => {
    id = randomUUID()
  })
  const clock = { ...systemClock, now: () => NOW }
  const loaderOf = (source: LoadDeps['source'], afterRecord = () => undefined) =>
    new HistoricalLoader(
      {
        database: opened.database,
        calendar: nyse,
        clock,
        source,
        log: silentLog,
        onFilled: async (end) => {
          await recordFill({ database: opened.database, calendar: nyse, now: () => NOW }, end)
          afterRecord()
        },
      },
      () => undefined,
    )
  const reported = async () =>
    (await readEvents(opened.database, { stream: `history:${id}`, limit: 9 })).map(({ type, payload }) => {
      expect(type).toBe('HistoryFilled')
      return historyFilled.parse(payload)
    })

  check('which symbols and days, how many bars came, and why the rest is missing', async () => {
    const loader = loaderOf(pagedSource(withHoles, 1_000))
    await loader.start(asked('HOLES'), id, 'fill')
    await loader.ended(id)
    expect(await reported()).toEqual([
      {
        startDate: '2024-11-26',
        endDate: '2024-11-27',
        feed: 'sip',
        bars: 760,
        symbols: [{ symbol: 'HOLES', bars: 760, stored: 760, missing: { 'no-trade': 20 } }],
      },
    ])
    expect(await verifyEvents(opened.database)).toMatchObject({ kind: 'intact' })
  })

  check('what failed and why, and once more when it went well later', async () => {
    const whole = pagedSource(withHoles, 1_000)
    let isRefused = true
    const loader = loaderOf(
      new ScriptedSource(async function* (request) {
        if (isRefused) yield new AlpacaError('forbidden', 'no subscription')
        else for await (const page of whole.bars(request)) yield page
      }),
    )
    await loader.start(asked('LATER'), id, 'fill')
    await loader.ended(id)
    isRefused = false
    await loader.resume(id)
    await loader.ended(id)
    expect(await reported()).toMatchObject([
      { bars: 0, symbols: [{ stored: 0, problem: /no subscription/ }] },
      { bars: 760, symbols: [{ bars: 760, stored: 760 }] },
    ])
  })

  check('once, also when a crash comes between it and the end of the load', async () => {
    const dying = loaderOf(pagedSource(withHoles, 1_000), () => {
      throw new Error('killed')
    })
    await dying.start(asked('ONCE'), id, 'fill')
    await expect(dying.ended(id)).rejects.toThrow('killed')
    const restarted = loaderOf(pagedSource(withHoles, 1_000))
    await restarted.resumeInterrupted()
    expect(await restarted.ended(id)).toMatchObject({ state: 'done' })
    expect(await reported()).toMatchObject([{ bars: 760 }])
  })

  check('nothing of a load that was not to fill gaps', async () => {
    const loader = loaderOf(pagedSource(withHoles, 1_000))
    await loader.start(asked('PLAIN'), id)
    await loader.ended(id)
    expect(await reported()).toEqual([])
  })
})
