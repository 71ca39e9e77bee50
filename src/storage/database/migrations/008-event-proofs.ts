import { POSTGRES_GUARDS, SQLITE_GUARDS } from '../event-guards.ts'
import type { Migration } from './migration.ts'

/**
 * Ids and versions of events follow without gaps, also for whoever bypasses our functions, and each log has an identity,
 * by which what is known of it outside the database is found again.
 */
export const eventProofs: Migration = {
  version: 8,
  name: 'event proofs',
  sqlite: `
    ${SQLITE_GUARDS.map(({ create }) => create).join('\n')}
    alter table event_head add column log_id text not null default '';
    update event_head set log_id = lower(hex(randomblob(16)));`,
  postgres: `
    ${POSTGRES_GUARDS.map(({ create }) => create).join('\n')}
    alter table event_head add column log_id text not null default '';
    update event_head set log_id = replace(gen_random_uuid()::text, '-', '');`,
}
