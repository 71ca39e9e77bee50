import { err } from '../../src/shared/result.ts'
import type { StorageApi } from '#storage'
import type { EventLog } from '../../src/main/execution/index.ts'

const away = async () => err({ kind: 'refused', message: 'There is no database here.' } as const)

/**
 * The event log of an account session without a database: the market can be viewed, but nothing can be sent.
 */
export const eventLogAway: EventLog = {
  events: { append: away, read: away, prove: away, accept: async () => {} },
  values: { keep: away, read: away },
}

/** The same for corporate actions. */
export const corporateActionsAway: StorageApi['corporateActions'] = {
  keep: away,
  read: away,
  loadedSymbols: away,
}
