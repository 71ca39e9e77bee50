import { expect, test } from 'vitest'
import { pages } from './pages.ts'

/** Serves pages with these tokens, one after the other. */
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

test('pages are walked to the one without a token', async () => {
  const { asked, read } = serve('a', 'b', undefined, 'never')
  expect(await countOf(pages(10, read))).toBe(3)
  expect(asked).toEqual([undefined, 'a', 'b'])
})

test('a token that comes twice is an error, not an endless walk', async () => {
  await expect(countOf(pages(10, serve('a', 'b', 'a').read))).rejects.toMatchObject({
    kind: 'invalid_response',
  })
})

test('more pages than there can be are an error, not a silent cut', async () => {
  const endless = async (_token: string | undefined, requestCount: number) => ({
    nextPageToken: `t${requestCount}`,
  })
  await expect(countOf(pages(5, endless))).rejects.toMatchObject({ kind: 'invalid_response' })
  expect(await countOf(pages(3, serve('a', 'b', undefined).read))).toBe(3)
})

test('whoever stops early asks for no more pages', async () => {
  const { asked, read } = serve('a', 'b', undefined)
  for await (const _page of pages(10, read)) break
  expect(asked).toEqual([undefined])
})
