import * as z from 'zod'
import { fault, type Fault } from './faults.ts'
import type { SentCounts } from './sent.ts'
import type { SimOrder } from './trading/index.ts'
import { json, Refusal, type Route } from './server/index.ts'

/** What can be done to a demo market from outside. */
export interface Controls {
  readonly injectFault: (fault: Fault) => void
  readonly clearFaults: () => void
  readonly sent: () => SentCounts
  readonly orders: () => readonly SimOrder[]
}

function readFault(body: string): Fault {
  try {
    return fault.parse(JSON.parse(body))
  } catch (cause) {
    if (cause instanceof z.ZodError) throw new Refusal(422, z.prettifyError(cause))
    if (cause instanceof SyntaxError) throw new Refusal(400, 'not JSON')
    throw cause
  }
}

/** The controls over HTTP, for tests in another process. They need no keys, but the token. */
export const controlRoutes = ({ injectFault, clearFaults, sent, orders }: Controls): readonly Route[] => [
  {
    method: 'POST',
    path: '/demo/faults',
    answer({ body }) {
      injectFault(readFault(body))
      return json({ ok: true })
    },
  },
  {
    method: 'POST',
    path: '/demo/behave',
    answer() {
      clearFaults()
      return json({ ok: true })
    },
  },
  { method: 'GET', path: '/demo/sent', answer: () => json(sent()) },
  { method: 'GET', path: '/demo/orders', answer: () => json(orders()) },
]
