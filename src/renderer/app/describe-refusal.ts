import type { SettingsRefusal } from '#shared/ipc/contract'
import { describeFault, type Fault } from '../ui/faults.ts'

/** Why settings were not saved, and what to do. */
export function describeRefusal(refusal: SettingsRefusal | Fault): string {
  switch (refusal.kind) {
    case 'fixed':
      return `Not saved: set by environment variable ${refusal.variable}. Change it there and restart.`
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
