import { expect, test } from 'vitest'
import { addressParts, withConsent } from './server-address.ts'

test.each([
  ['postgres://me@db.example.com/bars', 'db.example.com'],
  ['postgresql://me:word@db.example.com:5433/bars?sslmode=disable', 'db.example.com'],
  ['postgres://db.example.com', 'db.example.com'],
  ['postgres://me@[::1]:5432/bars', '[::1]'],
  ['postgres:///bars?host=/var/run/postgresql', ''],
  ['postgres://', ''],
  ['mysql://db.example.com', ''],
])('the host of %s is "%s"', (url, host) => {
  expect(addressParts(url).hostname).toBe(host)
})

test('consent is added to an address and taken from it, and the rest stays', () => {
  const url = 'postgres://me@db.example.com/bars?sslrootcert=%2Fca.pem'
  const plain = 'postgres://me@db.example.com/bars?sslrootcert=%2Fca.pem&sslmode=disable'
  expect(withConsent(url, true)).toBe(plain)
  expect(withConsent(plain, false)).toBe(url)
  expect(withConsent('postgres://db/bars', true)).toBe('postgres://db/bars?sslmode=disable')
})
