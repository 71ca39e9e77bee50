import type { SettingsRefusal } from '#shared/ipc/contract'
import { describeFault, type Fault } from '../ui/faults.ts'

/** Why settings were not saved, and what to do. */
export function describeRefusal(refusal: SettingsRefusal | Fault): string {
  switch (refusal.kind) {
    case 'fixed':
      return `Not saved: the environment variable ${refusal.variable} fixes this. Change it there and start Signal again.`
    case 'invalid':
      return `Not saved: ${refusal.message}.`
    case 'no-credentials':
    case 'no-encryption':
    case 'not-written':
      return refusal.message
    default:
      return describeFault(refusal)
  }
}
