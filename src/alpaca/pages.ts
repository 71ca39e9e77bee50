import { invalidResponse } from './transport.ts'

/**
 * Reads pages up to the last one, which has no token; an empty page with a token is passed over. A repeated
 * token, or more pages than `bound`, throws `invalid_response`: a result is never silently cut off.
 */
export async function* pages<Page extends { readonly nextPageToken: string | undefined }>(
  bound: number,
  readPage: (pageToken: string | undefined, requestCount: number) => Promise<Page>,
): AsyncGenerator<Page, void, undefined> {
  const seen = new Set<string>()
  let token: string | undefined
  for (let requestCount = 1; requestCount <= bound; requestCount++) {
    const page = await readPage(token, requestCount)
    yield page
    token = page.nextPageToken
    if (token === undefined) return
    if (seen.has(token)) throw invalidResponse('a page token came twice')
    seen.add(token)
  }
  throw invalidResponse(`more than ${bound} pages for a range that cannot fill them`)
}
