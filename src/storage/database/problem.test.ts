import { expect, test } from 'vitest'
import { kindOf, mayPass } from './problem.ts'

const failure = (code: string) => Object.assign(new Error('from the driver'), { code })

test.each([
  ['57P03', 'starting'], // the server is recovering from a crash, or shutting down
  ['53300', 'too-many-connections'],
  ['08006', 'lost'],
  ['EHOSTUNREACH', 'unreachable'],
  ['SQLITE_BUSY_SNAPSHOT', 'locked'],
] as const)('a problem that passes by itself is waited for: %s is %s', (code, kind) => {
  expect(kindOf(failure(code))).toBe(kind)
  expect(mayPass(kind)).toBe(true)
})

test.each([
  ['28P01', 'password'],
  ['53100', 'full'],
  ['25006', 'read-only'],
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
] as const)('a problem that stays until somebody fixes it is not waited for: %s is %s', (code, kind) => {
  expect(kindOf(failure(code))).toBe(kind)
  expect(mayPass(kind)).toBe(false)
})

test('if a host has several addresses the first failure counts; an error not caused by a database has no kind', () => {
  expect(kindOf(new AggregateError([failure('ECONNREFUSED'), failure('ENETUNREACH')]))).toBe('refused')
  expect(kindOf(failure('42601'))).toBeUndefined() // wrong SQL: a bug
  expect(kindOf('a text')).toBeUndefined()
})

// As PostgreSQL 15 and 17 say it.
test.each([
  ['28000', 'no pg_hba.conf entry for host "10.0.0.7", user "me", database "bars", no encryption', 'tls-required'],
  ['28000', 'no pg_hba.conf entry for host "10.0.0.7", user "me", database "bars", SSL off', 'tls-required'],
  ['28000', 'no pg_hba.conf entry for host "10.0.0.7", user "me", database "bars", SSL encryption', 'not-admitted'],
  ['28000', 'pg_hba.conf rejects connection for host "10.0.0.7", user "me", database "bars", SSL encryption', 'not-admitted'],
  ['28000', 'connection requires a valid client certificate', 'client-certificate'],
  ['28000', 'role "me" does not exist', 'password'],
  ['08P01', 'unsupported startup parameter: options', 'other'],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'alert protocol version', 'tls-failed'],
  ['EPROTO', 'write EPROTO', 'tls-failed'],
  ['CERT_NOT_YET_VALID', 'certificate is not yet valid', 'certificate-date'],
  ['ERR_OSSL_X509_KEY_VALUES_MISMATCH', 'key values mismatch', 'tls-failed'],
  ['', 'There was an error establishing an SSL connection', 'tls-failed'],
] as const)('%s "%s" is %s, which does not pass by itself', (code, text, kind) => {
  expect(kindOf(Object.assign(new Error(text), { code }))).toBe(kind)
  expect(mayPass(kind)).toBe(false)
}) // prettier-ignore

test('a host that never answers is unreachable, by either clock of the driver: no connection was there to break', () => {
  // pg 8.23 and pg-pool 3.
  expect(kindOf(new Error('timeout expired'))).toBe('unreachable')
  expect(kindOf(new Error('Connection terminated due to connection timeout'))).toBe('unreachable')
})
