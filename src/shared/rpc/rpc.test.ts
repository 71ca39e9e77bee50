import { expect, test } from 'vitest'
import * as z from 'zod'
import { bridge } from '../../../tests/support/bridge.ts'
import { err, ok } from '../result.ts'
import { call, event } from './channel.ts'

const contract = {
  orders: {
    count: call(z.object({ symbol: z.string().min(1, 'needs a symbol') })).returns<
      number,
      'unknown-symbol'
    >(),
    total: call().returns<number>(),
    filled: event<{ symbol: string }>(),
  },
} as const

const joined = () =>
  bridge(contract, {
    orders: {
      count: ({ symbol }) => (symbol === 'AAPL' ? ok(3) : err('unknown-symbol' as const)),
      total: () => {
        throw new Error('database password is hunter2')
      },
    },
  })

test('a call is answered by its handler, with a value or an expected failure', async () => {
  const { api } = joined()
  expect(await api.orders.count({ symbol: 'AAPL' })).toEqual({ ok: true, value: 3 })
  expect(await api.orders.count({ symbol: 'ZZZ' })).toEqual({ ok: false, error: 'unknown-symbol' })
})

test('invalid input never reaches the handler, and the answer names the field and the rule', async () => {
  const answer = await joined().api.orders.count({ symbol: '' })
  expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid-input' } })
  expect(JSON.stringify(answer)).toMatch(/needs a symbol.*symbol/)
})

test('a handler that crashes is logged; the caller learns the log id but not the cause', async () => {
  const { api, crashes } = joined()
  const answer = await api.orders.total()
  expect(answer).toEqual({ ok: false, error: { kind: 'internal', logId: 'crash-1' } })
  expect(crashes).toHaveLength(1)
})

test('an event reaches every listener until it stops listening', () => {
  const { api, emit } = joined()
  const heard: string[] = []
  const stop = api.orders.filled(({ symbol }) => heard.push(symbol))
  emit.orders.filled({ symbol: 'AAPL' })
  stop()
  emit.orders.filled({ symbol: 'TSLA' })
  expect(heard).toEqual(['AAPL'])
})
