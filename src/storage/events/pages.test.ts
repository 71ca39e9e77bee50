import { expect, test } from 'vitest'
import { err, ok, type Result } from '#shared/result'
import { readPages } from './pages.ts'

type Page = Result<readonly { readonly id: number }[], 'away'>

/** A log of that many events, which counts the pages requested and fails from the given one on. */
function log(events: number, awayFrom = Infinity) {
  const asked: number[] = []
  const read = async ({ afterId, limit }: { afterId: number; limit: number }): Promise<Page> => {
    asked.push(afterId)
    if (asked.length >= awayFrom) return err('away')
    const length = Math.max(0, Math.min(limit, events - afterId))
    return ok(Array.from({ length }, (_, at) => ({ id: afterId + at + 1 })))
  }
  return { read, asked }
}

async function idsOf(pages: AsyncIterable<Page>): Promise<(number | 'away')[]> {
  const ids: (number | 'away')[] = []
  for await (const page of pages) ids.push(...(page.ok ? page.value.map(({ id }) => id) : [page.error]))
  return ids
}

test.each([0, 1, 3, 4, 7, 8, 9])('all of %i events come once, in order', async (events) => {
  const all = Array.from({ length: events }, (_, at) => at + 1)
  expect(await idsOf(readPages(log(events).read, { afterId: 0, limit: 4 }))).toEqual(all)
  expect(await idsOf(readPages(log(events).read, { afterId: 2, limit: 4 }))).toEqual(all.slice(2))
})

test('the next page is requested before this one is processed', async () => {
  const { read, asked } = log(9)
  const pages = readPages(read, { afterId: 0, limit: 4 })
  await pages.next()
  expect(asked).toEqual([0, 4])
})

test('a database that goes away in the middle ends the reading with its error', async () => {
  expect(await idsOf(readPages(log(9, 2).read, { afterId: 0, limit: 4 }))).toEqual([1, 2, 3, 4, 'away'])
})
