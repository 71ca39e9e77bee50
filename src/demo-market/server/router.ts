import { Refusal, type Reply, type Request, type Route } from './reply.ts'

/** The value of the path's `:parameter`, empty where it has none; nothing where the path is another one. */
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

/** Answers a request by the first route that fits; refusals become answers too. */
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
