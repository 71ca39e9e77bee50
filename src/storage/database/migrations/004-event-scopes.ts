import type { Migration } from './migration.ts'

/**
 * Indexes events by the part of their stream's name before the first colon, such as `paper` in
 * `paper:order:1`, in the log's order: trading folds its own account's events page by page and must not read
 * through everybody else's.
 */
export const eventScopes: Migration = {
  version: 4,
  name: 'event scopes',
  sqlite: `create index events_by_scope on events (substr(stream_id, 1, instr(stream_id, ':')), id);`,
  postgres: `create index events_by_scope on events (split_part(stream_id, ':', 1), id);`,
}
