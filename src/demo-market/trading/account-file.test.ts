import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { opened } from './account-state.ts'
import { openAccountFile, readAccountFile } from './account-file.ts'
import { changeOf, order } from '../../../tests/support/demo-orders.ts'

let folder: string
let file: string
let said: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-account-'))
  file = join(folder, 'account.jsonl')
  said = []
})
afterEach(() => rmSync(folder, { recursive: true }))

const reopen = () => openAccountFile(file, opened('100000', 1), 1, (line) => said.push(line))

/** An account that bought ten shares at 20 dollars each, as saved. */
function bought() {
  const { accountState, accountFile } = reopen()
  const changes = [
    changeOf(order({ id: 'a', status: 'new' })),
    changeOf(order({ id: 'a', status: 'filled', filledQty: '10', filledCost: '200' }), {
      qty: '10',
      price: '20',
    }),
  ]
  for (const change of changes) {
    accountFile.append([change])
    accountState.apply(change)
  }
  return { accountState, accountFile }
}

test('an account is the same after its process was killed', () => {
  const { accountState } = bought()
  const again = reopen().accountState
  expect(again.cash.toFixed()).toBe('99800')
  expect(again.snapshot(100)).toEqual(accountState.snapshot(100))
  expect(said).toEqual([])
})

test('the line being written when the process was killed is dropped, and the next one is readable', () => {
  bought()
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, -20))
  const { accountState, accountFile } = reopen()
  expect(accountState.order('a')?.status).toBe('new')
  expect(accountState.cash.toFixed()).toBe('100000')
  accountFile.append([changeOf(order({ id: 'b' }))])
  expect(
    reopen()
      .accountState.orders()
      .map(({ id }) => id),
  ).toEqual(['a', 'b'])
})

test.each([
  ['a line that is no JSON', (text: string) => text.replace('{"changes"', '{changes')],
  ['an order without an id', (text: string) => text.replaceAll('"id":"a",', '')],
  ['another kind of file', () => 'hello\n'],
  ['a beginning that is missing', (text: string) => text.slice(text.indexOf('\n') + 1)],
])('%s: the file is backed up and a new account starts', (_, spoil) => {
  bought()
  const spoilt = spoil(readFileSync(file, 'utf8'))
  writeFileSync(file, spoilt)
  const { accountState } = reopen()
  expect(accountState.orders()).toEqual([])
  expect(accountState.cash.toFixed()).toBe('100000')
  expect(said).toEqual([expect.stringMatching(/couldn't be read .* backed up as .*corrupt/)])
  const aside = readdirSync(folder).find((name) => name.includes('corrupt')) ?? ''
  expect(readFileSync(join(folder, aside), 'utf8')).toBe(spoilt)
})

test('it does not grow forever, and loses nothing when it is rewritten', () => {
  const { accountState, accountFile } = reopen()
  const sizes: number[] = []
  for (let nth = 0; nth < 1000; nth++) {
    const change = changeOf(order({ clientOrderId: 'x'.repeat(10_000), filledCost: String(nth) }))
    accountFile.append([change])
    accountState.apply(change)
    const size = statSync(file).size
    if (size < (sizes.at(-1) ?? 0))
      expect(readAccountFile(readFileSync(file, 'utf8'))?.order('order')?.filledCost).toBe(String(nth))
    sizes.push(size)
  }
  expect(Math.max(...sizes)).toBeLessThan(5_000_000)
  expect(sizes.at(-1)).toBeLessThan(Math.max(...sizes))
})

test('closed orders beyond the newest few thousand are forgotten, open ones never', () => {
  const { accountState } = reopen()
  accountState.apply(changeOf(order({ id: 'open' })))
  for (let nth = 0; nth < 10; nth++)
    accountState.apply(changeOf(order({ id: `${nth}`, clientOrderId: `${nth}`, status: 'canceled' })))
  expect(accountState.snapshot(2).orders.map(({ id }) => id)).toEqual(['open', '8', '9'])
})
