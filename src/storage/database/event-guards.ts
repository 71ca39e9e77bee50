/** A trigger that refuses to change the event log. */
export interface Guard {
  readonly name: string
  /** Its definition, as the database shows it. */
  readonly definition: string
  /** Statements that create it, or replace one of the same name. */
  readonly create: string
}

const REFUSAL = 'events are append-only'

const sqliteGuard = (name: string, when: string): Guard => {
  const definition = `CREATE TRIGGER ${name} ${when} begin select raise(abort, '${REFUSAL}'); end`
  return { name, definition, create: `drop trigger if exists ${name}; ${definition};` }
}

/**
 * The last one makes ids and versions follow without gaps, and so refuses `insert or replace`, which deletes without
 * asking the trigger on deletes (SQLite, "ON CONFLICT").
 */
export const SQLITE_GUARDS: readonly Guard[] = [
  sqliteGuard('events_refuse_update', 'before update on events'),
  sqliteGuard('events_refuse_delete', 'before delete on events'),
  sqliteGuard(
    'events_refuse_gap',
    `before insert on events
    when new.id is not (select coalesce(max(id), 0) + 1 from events)
      or new.version is not (select coalesce(max(version), 0) + 1 from events where stream_id = new.stream_id)`,
  ),
]

/** When a trigger fires, as pg_trigger.tgtype has it. Source: PostgreSQL, src/include/catalog/pg_trigger.h. */
const FIRES = { row: 1, before: 2, insert: 4, delete: 8, update: 16, truncate: 32 } as const

const postgresGuard = (
  name: string,
  how: 'row' | 'statement',
  on: readonly ('insert' | 'delete' | 'update' | 'truncate')[],
  body: string,
): Guard => ({
  name,
  definition: `${on.reduce((type, event) => type + FIRES[event], FIRES.before + (how === 'row' ? FIRES.row : 0))}${body}`,
  create: `
    create or replace function ${name}() returns trigger language plpgsql as $$${body}$$;
    drop trigger if exists ${name} on events;
    create trigger ${name} before ${on.join(' or ')} on events for each ${how} execute function ${name}();`,
})

const refuse = ` begin raise exception '${REFUSAL}'; end `

export const POSTGRES_GUARDS: readonly Guard[] = [
  postgresGuard('events_refuse_change', 'row', ['update', 'delete'], refuse),
  postgresGuard('events_refuse_truncate', 'statement', ['truncate'], refuse),
  postgresGuard(
    'events_refuse_gap',
    'row',
    ['insert'],
    ` begin
      if new.id is distinct from (select coalesce(max(id), 0) + 1 from events)
        or new.version is distinct from
          (select coalesce(max(version), 0) + 1 from events where stream_id = new.stream_id)
      then raise exception '${REFUSAL}'; end if;
      return new;
    end `,
  ),
]
