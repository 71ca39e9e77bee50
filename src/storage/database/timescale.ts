import { sql } from 'kysely'
import { MIGRATION_LOCK } from './migrate.ts'
import { transact, type DatabaseConnection, type Transaction } from './session.ts'
import type { Capabilities } from './capabilities.ts'

/** Measured: docs/decisions/chunk-interval.md. */
const CHUNK_INTERVAL = '7 days'
const COMPRESS_AFTER = '7 days'
const KEEP = '6 years'

/**
 * Turns market_bars into a hypertable, with compression by symbol and retention under the community license.
 * Done at every start, not as a migration, because an extension or a license may come later.
 */
export async function setUpTimescale(connection: DatabaseConnection, { kind }: Capabilities): Promise<void> {
  if (kind !== 'timescale-community' && kind !== 'timescale-apache') return
  await transact(connection, async (trx) => {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(trx.query)
    await sql`
      select create_hypertable('market_bars', 'bar_time', chunk_time_interval => ${CHUNK_INTERVAL}::interval,
        create_default_indexes => false, if_not_exists => true, migrate_data => true)`.execute(trx.query)
    if (kind === 'timescale-community') await setUpPolicies(trx)
  })
}

async function setUpPolicies({ query }: Transaction): Promise<void> {
  const { rows } = await sql<{ compression_enabled: boolean }>`
    select compression_enabled from timescaledb_information.hypertables
    where hypertable_name = 'market_bars' and hypertable_schema = current_schema()`.execute(query)
  if (rows[0]?.compression_enabled !== true) {
    await sql`
      alter table market_bars set (timescaledb.compress,
        timescaledb.compress_segmentby = 'symbol', timescaledb.compress_orderby = 'bar_time')`.execute(query)
  }
  await sql`select add_compression_policy('market_bars', ${COMPRESS_AFTER}::interval, if_not_exists => true)`.execute(
    query,
  )
  await sql`select add_retention_policy('market_bars', ${KEEP}::interval, if_not_exists => true)`.execute(
    query,
  )
}
