import type { Result } from '#shared/result'

/** The parameters of a page. */
interface PageQuery {
  readonly afterId: number
  readonly limit: number
}

/**
 * All events after `afterId`, oldest first, page by page; the next page is requested before this one is
 * handed out, so that the storage process reads while the caller works. Ends with the first page that is an
 * error, or is not full.
 */
export async function* readPages<T extends { readonly id: number }, E>(
  read: (query: PageQuery) => Promise<Result<readonly T[], E>>,
  { afterId, limit }: PageQuery,
): AsyncGenerator<Result<readonly T[], E>, void> {
  let next = read({ afterId, limit })
  for (;;) {
    const page = await next
    const last = page.ok ? page.value.at(-1) : undefined
    if (!page.ok || last === undefined || page.value.length < limit) return yield page
    next = read({ afterId: last.id, limit })
    // A caller that stops in the middle does not wait for it and need not handle its failure.
    next.catch(() => undefined)
    yield page
  }
}
