/** A trigger that refuses to change the event log. */
export interface Guard {
  readonly name: string
  /** The part of its definition by which a database shows that it is this one. */
  readonly body: string
  /** Statements that create it, or replace one of the same name. */
  readonly create: string
}

const REFUSAL = 'events are append-only'

const sqliteGuard = (name: string, when: string): Guard => {
  const body = `${when} begin select raise(abort, '${REFUSAL}'); end`
  return { name, body, create: `drop trigger if exists ${name}; create trigger ${name} ${body};` }
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

const postgresGuard = (name: string, when: string, how: string, body: string): Guard => ({
  name,
  body,
  create: `
    create or replace function ${name}() returns trigger language plpgsql as $$${body}$$;
    drop trigger if exists ${name} on events;
    create trigger ${name} ${when} on events for each ${how} execute function ${name}();`,
})

const refuse = ` begin raise exception '${REFUSAL}'; end `

export const POSTGRES_GUARDS: readonly Guard[] = [
  postgresGuard('events_refuse_change', 'before update or delete', 'row', refuse),
  postgresGuard('events_refuse_truncate', 'before truncate', 'statement', refuse),
  postgresGuard(
    'events_refuse_gap',
    'before insert',
    'row',
    ` begin
      if new.id is distinct from (select coalesce(max(id), 0) + 1 from events)
        or new.version is distinct from
          (select coalesce(max(version), 0) + 1 from events where stream_id = new.stream_id)
      then raise exception '${REFUSAL}'; end if;
      return new;
    end `,
  ),
]
