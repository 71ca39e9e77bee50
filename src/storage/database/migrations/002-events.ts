import type { Migration } from './migration.ts'

/**
 * The event log. Ids are assigned by the append itself, inside its lock, so that they have no gaps and follow
 * the order of commits, which a sequence does not guarantee. The head row reveals a missing tail.
 */
export const events: Migration = {
  version: 2,
  name: 'events',
  sqlite: `
    create table events (
      id integer primary key,
      stream_id text not null,
      version integer not null,
      event_type text not null,
      payload text not null check (json_valid(payload)),
      timestamp integer not null,
      hash text not null,
      unique (stream_id, version)
    ) strict;
    create index events_by_type on events (event_type, id);
    create index events_by_time on events (timestamp, id);
    create trigger events_refuse_update before update on events
      begin select raise(abort, 'events are append-only'); end;
    create trigger events_refuse_delete before delete on events
      begin select raise(abort, 'events are append-only'); end;

    create table event_head (
      one integer primary key check (one = 1),
      last_id integer not null,
      hash text not null
    ) strict;
    insert into event_head values (1, 0, '');`,
  postgres: `
    create table events (
      id bigint primary key,
      stream_id text not null,
      version integer not null,
      event_type text not null,
      payload jsonb not null,
      timestamp timestamptz not null default now(),
      hash text not null,
      unique (stream_id, version)
    );
    create index events_by_type on events (event_type, id);
    create index events_by_time on events (timestamp, id);
    create function events_refuse_change() returns trigger language plpgsql as $$
      begin raise exception 'events are append-only'; end $$;
    create trigger events_refuse_change before update or delete on events
      for each row execute function events_refuse_change();
    create trigger events_refuse_truncate before truncate on events
      for each statement execute function events_refuse_change();

    create table event_head (
      one integer primary key check (one = 1),
      last_id bigint not null,
      hash text not null
    );
    insert into event_head values (1, 0, '');`,
}
