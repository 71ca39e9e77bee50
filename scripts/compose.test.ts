import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'

const compose = parse(readFileSync(new URL('../resources/compose.yaml', import.meta.url), 'utf8')) as {
  services: { database: { image: string; ports: readonly string[] } }
}

test('the database for Docker has an exact version, so that bars of five years do not move to another by themselves', () => {
  const [, major, minor] =
    /^timescale\/timescaledb:(\d+)\.(\d+)\.\d+-pg17$/.exec(compose.services.database.image) ?? []
  expect(Number(major)).toBe(2)
  expect(Number(minor)).toBeGreaterThanOrEqual(23) // what the tests run on
})

test('the database for Docker can be reached from this computer only', () => {
  expect(compose.services.database.ports).toEqual(['127.0.0.1:5433:5432'])
})
