import { Refusal, type Reply, type Request, type Route } from './reply.ts'

/** The value of the path's `:parameter`, empty if it has none; undefined if the path does not match. */
function match(pattern: string, path: string): string | undefined {
  const [expected, given] = [pattern.split('/'), path.split('/')]
  if (expected.length !== given.length) return undefined
  let parameter = ''
  for (const [nth, part] of expected.entries()) {
    const value = given[nth] ?? ''
    if (part.startsWith(':')) parameter = value
    else if (part !== value) return undefined
  }
  return parameter
}

function decoded(parameter: string): string {
  try {
    return decodeURIComponent(parameter)
  } catch {
    throw new Refusal(400, 'invalid path')
  }
}

/** Answers a request with the first route that matches; refusals become answers too. */
export function answer(routes: readonly Route[], request: Request): Reply {
  try {
    for (const route of routes) {
      const parameter = match(route.path, request.path)
      if (parameter === undefined || route.method !== request.method) continue
      return route.answer(request, decoded(parameter))
    }
    throw new Refusal(404, 'endpoint not found.')
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.toReply()
    throw refusal
  }
}
