import { expect, test } from 'vitest'
import { pages } from './pages.ts'

/** Serves pages with these tokens, one after another. */
const serve = (...tokens: (string | undefined)[]) => {
  const asked: (string | undefined)[] = []
  const read = async (pageToken: string | undefined, requestCount: number) => {
    asked.push(pageToken)
    return { nextPageToken: tokens[requestCount - 1] }
  }
  return { asked, read }
}

async function countOf(walk: AsyncIterable<unknown>): Promise<number> {
  let count = 0
  for await (const _page of walk) count += 1
  return count
}

test('pages are read up to the one without a token', async () => {
  const { asked, read } = serve('a', 'b', undefined, 'never')
  expect(await countOf(pages(10, read))).toBe(3)
  expect(asked).toEqual([undefined, 'a', 'b'])
})

test('a repeated token is an error, not an endless loop', async () => {
  await expect(countOf(pages(10, serve('a', 'b', 'a').read))).rejects.toMatchObject({
    kind: 'invalid_response',
  })
})

test('more pages than possible are an error, not silently cut off', async () => {
  const endless = async (_token: string | undefined, requestCount: number) => ({
    nextPageToken: `t${requestCount}`,
  })
  await expect(countOf(pages(5, endless))).rejects.toMatchObject({ kind: 'invalid_response' })
  expect(await countOf(pages(3, serve('a', 'b', undefined).read))).toBe(3)
})

test('a caller that stops early requests no more pages', async () => {
  const { asked, read } = serve('a', 'b', undefined)
  for await (const _page of pages(10, read)) break
  expect(asked).toEqual([undefined])
})
