import { afterEach, expect, test } from 'vitest'
import { MINUTE_MS } from '#shared/time'
import { openCase, type CaseAccount } from '../support/case-account.ts'
import { caseFile } from '../support/case-file.ts'

const { body, frame } = caseFile<{ body: object; frame: readonly object[] }>('delayed-sip')
const AT = '2026-11-24T15:00:00Z'
const LATE = new Date(Date.parse(AT) - 15 * MINUTE_MS).toISOString()
let opened: CaseAccount

afterEach(() => opened.close())

test('on the delayed feed bars are requested up to 16 minutes ago, and its prices are called 15 minutes late', async () => {
  opened = await openCase({
    at: AT,
    feed: 'delayed_sip',
    bars: ({ query }) =>
      Date.parse(query['end'] ?? '') > Date.parse(AT) - 15 * MINUTE_MS
        ? { status: 403, body }
        : {
            body: {
              bars: { KLMN: [{ t: LATE, o: 151, h: 151, l: 151, c: 151, v: 100 }] },
              next_page_token: null,
            },
          },
  })
  await opened.send(frame.map((each) => ({ ...each, t: LATE })))
  const row = await opened.row(({ bid, bar }) => bid === '151.1' && bar !== undefined)
  expect(row).toMatchObject({
    price: '151.11',
    origin: { source: expect.stringMatching(/^host:delayed_sip@127\.0\.0\.1:/) as string },
    bar: { close: '151' },
  })
  const ends = opened.server.calls.items
    .filter(({ path }) => path === '/v2/stocks/bars')
    .map(({ query }) => Date.parse(query['end'] ?? ''))
  expect(ends.length).toBeGreaterThan(0)
  for (const end of ends) expect(end).toBeLessThanOrEqual(opened.clock.now() - 16 * MINUTE_MS)
})
