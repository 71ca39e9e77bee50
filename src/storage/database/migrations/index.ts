import { marketBars } from './001-market-bars.ts'
import { events } from './002-events.ts'
import { loading } from './003-loading.ts'
import { eventScopes } from './004-event-scopes.ts'
import { loadPurpose } from './005-load-purpose.ts'
import { canceledLoads } from './006-canceled-loads.ts'
import { exactBars } from './007-exact-bars.ts'
import { eventProofs } from './008-event-proofs.ts'
import { corporateActions } from './009-corporate-actions.ts'
import { expectedDays } from './010-expected-days.ts'
import type { Migration } from './migration.ts'

/** Every migration, in order. */
export const MIGRATIONS: readonly Migration[] = [
  marketBars,
  events,
  loading,
  eventScopes,
  loadPurpose,
  canceledLoads,
  exactBars,
  eventProofs,
  corporateActions,
  expectedDays,
]
export type { Migration } from './migration.ts'
