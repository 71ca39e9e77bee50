import type { DatabaseAway } from '#shared/database'
import type { RpcFault } from '#shared/rpc/channel'
import { unreachable } from '#shared/result'

/** Why a call to main failed; `no-answer` when main could not be reached at all. */
export type Fault = RpcFault | { readonly kind: 'no-answer' }

/** What happened, and what to do now. */
export function describeFault(fault: Fault | DatabaseAway): string {
  switch (fault.kind) {
    case 'database':
      return fault.message
    case 'no-answer':
      return 'Signal\u2019s main process does not answer. Restart Signal; if that does not help, look at the log.'
    case 'invalid-input':
      return `Signal refused its own request, which is a bug. Please report it with this text: ${fault.detail}`
    case 'internal':
      return `Signal failed inside. Try again; if it stays, look in the log for ${fault.logId}.`
    default:
      return unreachable(fault)
  }
}
