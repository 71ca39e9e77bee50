import { expect, test } from 'vitest'
import * as fc from 'fast-check'
import { alpacaConfig } from './config.ts'
import { serverText } from './server-text.ts'

const KEY = 'PKA1B2C3D4E5F6G7H8I9'
const SECRET = String.raw`s3cr3t/of+the="account"\of&me'AbCdEfGhIjKl`
const { clean } = serverText(alpacaConfig({ ALPACA_API_KEY: KEY, ALPACA_API_SECRET: SECRET }))

const bytes = (text: string) => [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0'))
const perCharacter = (escape: (code: number, hex: string) => string) => (text: string) =>
  Array.from(text, (character) => escape(character.charCodeAt(0), character.charCodeAt(0).toString(16))).join(
    '',
  )

const ENCODINGS: readonly (readonly [name: string, encode: (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['in capitals', (text) => text.toUpperCase()],
  ['in small letters', (text) => text.toLowerCase()],
  ['in a URL', encodeURIComponent],
  ['in a URL, each character', perCharacter((_code, hex) => `%${hex}`)],
  ['in a URL, each character, capitals', perCharacter((_code, hex) => `%${hex.toUpperCase()}`)],
  ['in a URL twice', (text) => encodeURIComponent(encodeURIComponent(text))],
  ['in JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['in JSON twice', (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3)],
  ['in JSON, each character', perCharacter((_code, hex) => String.raw`\u00${hex}`)],
  ['in JavaScript', perCharacter((_code, hex) => String.raw`\x${hex}`)],
  ['in HTML', perCharacter((code) => `&#${code};`)],
  ['in HTML, hexadecimal', perCharacter((_code, hex) => `&#x${hex};`)],
  ['in hexadecimal', (text) => bytes(text).join('')],
  ['in hexadecimal, capitals', (text) => bytes(text).join('').toUpperCase()],
  ['in hexadecimal, spaced', (text) => bytes(text).join(' ')],
  ['in hexadecimal, with colons', (text) => bytes(text).join(':')],
  [
    'in hexadecimal, each with 0x',
    (text) =>
      bytes(text)
        .map((byte) => `0x${byte}`)
        .join(', '),
  ],
  ['in Base64', (text) => Buffer.from(text).toString('base64')],
  ['in Base64 for URLs', (text) => Buffer.from(text).toString('base64url')],
  ['in Base64, in a URL', (text) => encodeURIComponent(Buffer.from(text).toString('base64'))],
  ['in Base64, in lines', (text) => Buffer.from(text).toString('base64').replace(/.{10}/g, '$&\r\n')],
  ['in two lines', (text) => text.replace(/^.{9}/, '$&\r\n')],
  ['in two lines, in JSON', (text) => JSON.stringify(text.replace(/^.{9}/, '$&\n')).slice(1, -1)],
  ['in two lines, in a URL', (text) => encodeURIComponent(text.replace(/^.{9}/, '$&\n'))],
  ['in UTF-16', (text) => Array.from(text).join('\0')],
  ['with soft hyphens', (text) => text.replace(/.{7}/g, '$&\u00ad')],
  ['in Base64, after one character', (text) => Buffer.from(`:${text}`).toString('base64')],
  ['in Base64, after two characters', (text) => Buffer.from(`a:${text}`).toString('base64')],
]

test.each(ENCODINGS)('a server that repeats the keys %s cannot bring them into an error', (_name, encode) => {
  for (const key of [KEY, SECRET]) {
    const text = clean(`You sent ${encode(key)} to us`)
    expect(text).toContain('[redacted]')
    // What is left around it is less than three characters of a key, as Base64 splits bytes.
    expect(text.replace('[redacted]', '').length).toBeLessThan('You sent  to us'.length + 9)
  }
})

test('a header of Basic authentication is redacted with both keys in it', () => {
  const text = clean(`Authorization: Basic ${Buffer.from(`${KEY}:${SECRET}`).toString('base64')}`)
  expect(text).toMatch(/^Authorization: Basic \[redacted\].{0,8}\[redacted\].{0,4}$/)
})

test('a text without a key stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      expect(clean(text)).toBe(text)
    }),
  )
})

test('keys that are words of somebody’s own server are not looked for: they would be found in any answer', () => {
  const words = serverText(alpacaConfig({ ALPACA_API_KEY: 'id', ALPACA_API_SECRET: 'status' }))
  expect(words.redact('{"id":"a3b1","status":"new"}')).toBe('{"id":"a3b1","status":"new"}')
})

test('a long text is cut, after the keys were taken out of it', () => {
  const text = clean(`${'x'.repeat(395)}${SECRET}${'y'.repeat(10_000)}`)
  expect(text).toBe(`${'x'.repeat(395)}[reda…`)
})
