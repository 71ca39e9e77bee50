import { AlpacaError } from '#alpaca'
import { DatabaseError, mayPass } from '../database/index.ts'

/** Why a load cannot continue: for now, for this symbol, or at all. */
export interface LoadProblem {
  /**
   * `passing`: a retry may help; `symbol`: only this symbol fails; `all`: every further request would fail
   * too.
   */
  readonly scope: 'passing' | 'symbol' | 'all'
  /** What is wrong and what to do, for the user. */
  readonly message: string
}

/**
 * Classifies what downloading or storing a page threw. Anything that comes from neither Alpaca nor the
 * database is a bug and is rethrown.
 */
export function loadProblemOf(cause: unknown): LoadProblem {
  if (cause instanceof DatabaseError) return databaseProblem(cause)
  if (cause instanceof AlpacaError) return alpacaProblem(cause)
  throw cause
}

const databaseProblem = ({ kind, message }: DatabaseError): LoadProblem => ({
  scope: mayPass(kind) ? 'passing' : 'all',
  message,
})

function alpacaProblem({ kind, message }: AlpacaError): LoadProblem {
  switch (kind) {
    case 'network':
    case 'timeout':
    case 'server_error':
    case 'rate_limited':
      return { scope: 'passing', message: `No reply from Alpaca: ${message}` }
    case 'unauthorized':
      return { scope: 'all', message: `API keys rejected: ${message}` }
    case 'forbidden':
      return {
        scope: 'all',
        message: `Your plan doesn't include this data: ${message}. Try the feed iex.`,
      }
    default:
      return { scope: 'symbol', message: `Unusable answer from Alpaca: ${message}` }
  }
}
