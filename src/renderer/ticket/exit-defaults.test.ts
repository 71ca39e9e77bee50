import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { toPrice } from '#shared/units'
import { usualMove, withExits } from './exit-defaults.ts'
import { BLANK_FORM } from './ticket-form.ts'

const zigzag = Array.from({ length: 20 }, (_, at) => ({ at, close: toPrice(at % 2 === 0 ? 200 : 200.3) }))
const line = { symbol: 'AAPL' as never, closes: zigzag }
const bracket = { ...BLANK_FORM, orderClass: 'bracket' } as const

test('the usual move is the mean move from close to close over the last fourteen minutes', () => {
  expect(usualMove(line)?.toFixed()).toBe('0.3')
  expect(usualMove({ closes: zigzag.slice(0, 14) })).toBeUndefined()
  expect(usualMove({ closes: zigzag.map(({ at }) => ({ at, close: toPrice(200) })) })).toBeUndefined()
})

test('a bracket starts with its stop one usual move away and its target twice as far', () => {
  expect(withExits(bracket, new Decimal(200), line)).toMatchObject({
    stop: { text: '199.70', unit: 'price' },
    target: { text: '2', unit: 'r' },
  })
  expect(withExits({ ...bracket, side: 'sell' }, new Decimal(200), line).stop.text).toBe('200.30')
})

test('without a usual move the stop starts one percent away', () => {
  expect(withExits(bracket, new Decimal(200), undefined).stop).toEqual({ text: '1', unit: 'percent' })
})

test('exits that are already typed stay', () => {
  const typed = {
    ...bracket,
    stop: { text: '190', unit: 'price' as const },
    target: { text: '5', unit: 'percent' as const },
  }
  expect(withExits(typed, new Decimal(200), line)).toEqual(typed)
})
