import { expect, test } from 'vitest'
import { isHttps, isNoticeAddress } from './address.ts'

test.each([
  'https://signal.example/releases/signal.json',
  'https://signal.example:8443/signal.json',
  'http://127.0.0.1:4000/signal.json',
  'http://localhost/signal.json',
  'http://[::1]:4000/signal.json',
])('a notice may be asked for at %s', (address) => {
  expect(isNoticeAddress(address)).toBe(true)
})

test.each([
  'http://signal.example/signal.json',
  'http://127.0.0.1.signal.example/signal.json',
  'http://localhost.signal.example/',
  'http://10.0.0.1/signal.json',
  'https://user@signal.example/signal.json',
  'https://user:word@signal.example/signal.json',
  'http://user@localhost/signal.json',
  'https://signal.example/signal.json?id=7',
  'https://signal.example/signal.json#a',
  'file:///etc/passwd',
  'ftp://signal.example/signal.json',
  'signal.json',
  '',
])('a notice is never asked for at %j', (address) => {
  expect(isNoticeAddress(address)).toBe(false)
})

test.each([
  'http://localhost/',
  'http://signal.example/',
  'javascript:alert(1)',
  'file:///',
  'https://a:b@c/',
  'x',
])('a browser is never sent to %s', (address) => {
  expect(isHttps(address)).toBe(false)
})
