import { expect } from 'vitest'
import { keepActions, readActions, type KeptAction } from '../../../src/storage/corporate-actions/index.ts'
import { reading, transact } from '../../../src/storage/database/index.ts'
import { describeDatabases } from '../../support/database-suite.ts'

const action = (id: string, given: Partial<KeptAction> = {}): KeptAction => ({
  id,
  type: 'forward_split',
  symbol: 'KLMN',
  exDay: '2026-11-24',
  processDay: '2026-11-24',
  terms: { id, new_rate: 4, old_rate: 1, due_bill_redemption_date: null },
  ...given,
})

describeDatabases('corporate actions in %s', (opened, check) => {
  const keep = (symbols: string[], actions: KeptAction[], from = '2016-01-01') =>
    transact(opened.database, (trx) => keepActions(trx, { symbols, from, until: '2027-01-01', actions }))
  const read = (symbols: string[], from = '2016-01-01') =>
    reading(opened.database, (reader) => readActions(reader, { symbols, from }))

  check('come out as they were kept, with Alpaca’s own terms, oldest ex-day first', async () => {
    const [newer, older] = [action('a'), action('b', { exDay: '2020-01-02', processDay: '2020-01-02' })]
    await keep(['KLMN', 'QRS'], [newer, older, action('c', { symbol: 'QRS' })])
    expect(await read(['KLMN'])).toEqual([older, newer])
    expect(await read(['KLMN'], '2026-11-24')).toEqual([newer])
  })

  check('a newer answer replaces an older one: what changed is changed, what is gone is gone', async () => {
    await keep(['ABC'], [action('x', { symbol: 'ABC' }), action('y', { symbol: 'ABC' })])
    const changed = action('x', { symbol: 'ABC', exDay: '2026-11-25', processDay: '2026-11-25' })
    await keep(['ABC'], [changed])
    expect(await read(['ABC'])).toEqual([changed])
    await keep(['ABC'], [], '2026-11-26') // says nothing about the days before
    expect(await read(['ABC'])).toEqual([changed])
  })

  check('an action that moved to another symbol is there once', async () => {
    await keep(['OLD'], [action('z', { symbol: 'OLD' })])
    await keep(['NEW'], [action('z', { symbol: 'NEW' })])
    expect(await read(['OLD', 'NEW'])).toEqual([action('z', { symbol: 'NEW' })])
  })

  check('thousands of them are kept in one go', async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => action(`m${index}`, { symbol: 'MANY' }))
    await keep(['MANY'], many)
    expect(await read(['MANY'])).toHaveLength(2_500)
  })
})
