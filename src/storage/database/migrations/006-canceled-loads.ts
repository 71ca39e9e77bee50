import type { Migration } from './migration.ts'

const renameState = `update loads set state = 'canceled' where state = 'cancelled';`

/** The state of a canceled load has the spelling that orders have. */
export const canceledLoads: Migration = {
  version: 6,
  name: 'canceled loads',
  sqlite: renameState,
  postgres: renameState,
}
