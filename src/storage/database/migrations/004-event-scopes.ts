import type { Migration } from './migration.ts'

/**
 * Events by what stands before the first colon of their stream's name, such as `paper` in `paper:order:1`, in the
 * log's order: trading folds those of its own account, page by page, and must not walk past everybody else's.
 */
export const eventScopes: Migration = {
  version: 4,
  name: 'event scopes',
  sqlite: `create index events_by_scope on events (substr(stream_id, 1, instr(stream_id, ':')), id);`,
  postgres: `create index events_by_scope on events (split_part(stream_id, ':', 1), id);`,
}
