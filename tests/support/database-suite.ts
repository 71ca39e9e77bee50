import { afterAll, beforeAll, describe, test } from 'vitest'
import type { Database } from '../../src/storage/database/index.ts'
import { DATABASE_KINDS, titleOf, type DatabaseKind, type EmptyDatabase } from './databases.ts'

/** A database that the tests of a suite share. It exists from the suite's first test to its last. */
export interface SuiteDatabase {
  readonly place: EmptyDatabase
  /** Open; a test that closes it and opens another in the same place sets it. */
  database: Database
}

/** Creates an empty database of that kind before the first test of the suite and removes it after the last. */
export function suiteDatabase(kind: DatabaseKind): SuiteDatabase {
  let place: EmptyDatabase | undefined
  let database: Database | undefined
  beforeAll(async () => {
    if (kind.skipped) return
    place = await kind.create()
    database = await place.open()
  }, 60_000)
  afterAll(async () => {
    await database?.close()
    await place?.remove()
  })
  return {
    get place() {
      return existing(place)
    },
    get database() {
      return existing(database)
    },
    set database(opened) {
      database = opened
    },
  }
}

function existing<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('the database exists only while tests run')
  return one
}

/**
 * Runs the same suite on every kind of database, each with one of its own; `%s` in the title is the kind. `check` is
 * `test`, skipped where the kind cannot be had.
 */
export function describeDatabases(
  title: string,
  suite: (opened: SuiteDatabase, check: ReturnType<typeof test.skipIf>, kind: DatabaseKind) => void,
): void {
  describe.each(DATABASE_KINDS.map((kind) => [titleOf(kind), kind] as const))(title, (_title, kind) =>
    suite(suiteDatabase(kind), test.skipIf(kind.skipped), kind),
  )
}
