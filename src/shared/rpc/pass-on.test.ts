import * as z from 'zod'
import { expect, test } from 'vitest'
import { bridge } from '../../../tests/support/bridge.ts'
import { ok } from '../result.ts'
import { call, event } from './channel.ts'
import { callOn, handlersBy, passEventsOn } from './pass-on.ts'

const contract = {
  orders: {
    count: call(z.string()).returns<number>(),
    filled: event<string>(),
  },
}

test('every call of a contract is passed on to the handlers of that moment', async () => {
  let answering = { orders: { count: async (symbol: string) => ok(symbol.length) } }
  const passedOn = handlersBy(contract, (area, name, input) => callOn(answering, area, name, input))
  const { api } = bridge(contract, passedOn)
  expect(await api.orders.count('AAPL')).toEqual(ok(4))
  answering = { orders: { count: async () => ok(0) } }
  expect(await api.orders.count('AAPL')).toEqual(ok(0))
})

test('a call that nobody answers is a bug', () => {
  expect(() => callOn({ orders: {} }, 'orders', 'count', 'AAPL')).toThrow('nobody answers orders.count')
})

test('every event of an area is passed on', () => {
  const { api, emit } = bridge(contract, { orders: { count: () => ok(1) } })
  const heard: string[] = []
  passEventsOn(contract.orders, api.orders, { filled: (symbol: string) => heard.push(symbol) })
  emit.orders.filled('AAPL')
  expect(heard).toEqual(['AAPL'])
})
