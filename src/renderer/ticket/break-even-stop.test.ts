import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { stockSymbol, toPrice, toQuantity, toSignedDecimal } from '#shared/units'
import { breakEvenStop } from './break-even-stop.ts'

const position = (quantity: number, averagePrice?: string) => ({
  symbol: stockSymbol.parse('AAPL'),
  quantity: toSignedDecimal(new Decimal(quantity)),
  exits: [],
  ...(averagePrice !== undefined && { averagePrice: toPrice(new Decimal(averagePrice)) }),
})

test('a break-even stop closes all of a position, at a price that loses nothing', () => {
  expect(breakEvenStop(position(100, '228.3833'))).toMatchObject({
    side: 'sell',
    type: 'stop',
    quantity: toQuantity(100),
    stopPrice: '228.39',
  })
  expect(breakEvenStop(position(-20, '355.1067'))).toMatchObject({
    side: 'buy',
    quantity: toQuantity(20),
    stopPrice: '355.1',
  })
})

test('there is no break-even without an average price', () => {
  expect(breakEvenStop(position(100))).toBeUndefined()
})
