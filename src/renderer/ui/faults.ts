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
      return 'Signal isn’t responding. Restart it; if that doesn’t help, check the log.'
    case 'invalid-input':
      return `Internal error (please report): ${fault.detail}`
    case 'internal':
      return `Internal error, log ref ${fault.logId}. Try again.`
    default:
      return unreachable(fault)
  }
}
