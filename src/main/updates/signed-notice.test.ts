import { expect, test } from 'vitest'
import { releaseKey } from '../../../tests/support/release-key.ts'
import { readNotice } from './signed-notice.ts'

const key = releaseKey()
const problemOf = (json: unknown) => {
  const read = readNotice(json, key.publicKey)
  return read.ok ? 'none' : read.error.problem
}

test('a notice says version, time, sentences and page, and keeps the envelope that proves it', () => {
  const envelope = key.notice('0.2.0', { notes: ['Größere Charts 📈', '“Alerts” & more'], later: 'ignored' })
  expect(readNotice(envelope, key.publicKey)).toEqual({
    ok: true,
    value: {
      notice: {
        version: '0.2.0',
        releasedAt: Date.parse('2026-11-20T21:00:00Z'),
        notes: ['Größere Charts 📈', '“Alerts” & more'],
        page: 'https://signal.example/0.2.0',
      },
      envelope,
    },
  })
})

test('a notice changed in any one bit is not the publisher’s', () => {
  const { notice, signature } = key.notice('0.2.0')
  const bytes = Buffer.from(notice, 'base64')
  for (let place = 0; place < bytes.length; place++) {
    const changed = Buffer.from(bytes)
    changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8))
    expect(problemOf({ notice: changed.toString('base64'), signature })).toBe('bad-signature')
  }
})

test.each([
  ['another key’s', releaseKey().notice('0.2.0').signature],
  ['another notice’s', key.notice('0.3.0').signature],
  ['no', ''],
  ['half a', key.notice('0.2.0').signature.slice(0, 44)],
])('a notice with %s signature is not the publisher’s', (_whose, signature) => {
  expect(problemOf({ notice: key.notice('0.2.0').notice, signature })).toBe('bad-signature')
})

test('a forged notice is refused by its signature, whatever nonsense it says', () => {
  const forger = releaseKey()
  expect(problemOf(forger.notice('no version', { notes: 'x'.repeat(40_000) }))).toBe('bad-signature')
})

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'hello'],
  ['a list', []],
  ['no signature', { notice: key.notice('0.2.0').notice }],
  ['a notice in plain text', { ...key.notice('0.2.0'), notice: '{"version":"0.2.0"}' }],
])('%s is not a notice', (_what, json) => {
  expect(problemOf(json)).toBe('not-a-notice')
})

test.each([
  ['a version with a suffix', { version: '0.2.0-beta.1' }],
  ['no time', { releasedAt: 'yesterday' }],
  ['no sentence', { notes: [] }],
  ['an empty sentence', { notes: [''] }],
  ['a sentence of 201 characters', { notes: ['x'.repeat(201)] }],
  ['thirteen sentences', { notes: Array.from({ length: 13 }, () => 'More.') }],
  ['a line break in a sentence', { notes: ['One.\nTwo.'] }],
  ['a line separator', { notes: ['One.\u2028Two.'] }],
  ['a paragraph separator', { notes: ['One.\u2029Two.'] }],
  ['an escape character', { notes: ['\u001b[2J'] }],
  ['a character that turns the text around', { notes: ['Safe \u202egpj.exe'] }],
  ['half a character', { notes: ['\ud83d'] }],
  ['a page without TLS', { page: 'http://signal.example/' }],
  ['a page that is a script', { page: 'javascript:alert(1)' }],
  ['a page that is a file', { page: 'file:///usr/bin/xcalc' }],
  ['a page with a user', { page: 'https://signal.example@evil.example/' }],
  ['a page of 301 characters', { page: `https://signal.example/${'x'.repeat(278)}` }],
])('a signed notice with %s is refused anyway', (_what, fields) => {
  expect(problemOf(key.notice('0.2.0', fields))).toBe('not-a-notice')
})

test('the page that is opened is the address as a browser reads it', () => {
  const read = readNotice(key.notice('0.2.0', { page: 'https://SIGNAL.example\\down\tload' }), key.publicKey)
  expect(read).toMatchObject({ ok: true, value: { notice: { page: 'https://signal.example/download' } } })
})
