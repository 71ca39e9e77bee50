import { expect, test } from 'vitest'
import { transportOf } from './database-transport.ts'

test.each([
  ['postgres://me@db.example.com/bars', 'tls'],
  ['postgres://me@192.168.1.20/bars', 'tls'],
  ['postgres://me@127.0.0.1.example.com/bars', 'tls'],
  ['postgres://me@localhost.example.com/bars', 'tls'],
  ['postgres://me@db.example.com/bars?sslmode=require', 'tls'],
  ['postgres://me@localhost/bars?host=db.example.com', 'tls'],
  ['postgres://me@localhost/bars?sslmode=verify-full', 'tls'],
  ['postgres://me@localhost/bars?sslrootcert=/ca.pem', 'tls'],
  ['postgres://me@db.example.com/bars?sslmode=disable', 'unencrypted'],
  ['postgres://me@localhost:5433/bars', 'this-machine'],
  ['postgres://me@127.0.0.1/bars', 'this-machine'],
  ['postgres://me@[::1]/bars', 'this-machine'],
  ['postgres:///bars?host=/var/run/postgresql', 'this-machine'],
] as const)('%s: %s', (url, transport) => {
  expect(transportOf(new URL(url))).toBe(transport)
})
