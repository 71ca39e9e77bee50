import { expect, test } from 'vitest'
import { whatIf } from './index.ts'
import {
  atMarket,
  draftWith,
  holding,
  moment,
  p,
  q,
  rowWith,
  s,
} from '../../../tests/support/risk-context.ts'

test('an entry costs price times shares and reduces buying power by that', () => {
  expect(whatIf(draftWith(), moment({ row: rowWith({}, 350) }))).toEqual({
    cost: '1000',
    buyingPowerBefore: '200000',
    buyingPowerAfter: '199000',
    positionAfter: '10',
  })
})

test('remaining buying power is reported to the cent', () => {
  const part = draftWith({ quantity: q('0.333'), limitPrice: p('100.01') })
  expect(whatIf(part, moment())).toMatchObject({ cost: '33.3', buyingPowerAfter: '199966.7' })
})

test('an order that crosses the spread pays half of it', () => {
  expect(whatIf(atMarket(), moment())).toMatchObject({ cost: '1000.1', spreadCost: '0.1' })
  expect(whatIf(atMarket({ side: 'sell' }), moment())).toMatchObject({ cost: '999.9', positionAfter: '-10' })
})

test('an exit adds its proceeds to the buying power', () => {
  const sale = draftWith({ side: 'sell', quantity: q('4') })
  expect(whatIf(sale, moment({ position: holding('10') }))).toMatchObject({
    buyingPowerAfter: '200400',
    positionAfter: '6',
  })
})

test('a bracket’s loss and gain are measured from its entry', () => {
  const exits = { takeProfit: { limitPrice: p('103') }, stopLoss: { stopPrice: p('98.5') } }
  const bracket = draftWith({ orderClass: 'bracket', ...exits })
  expect(whatIf(bracket, moment())).toMatchObject({ lossAtStop: '15', gainAtTarget: '30' })
  const short = draftWith({
    side: 'sell', orderClass: 'bracket', takeProfit: { limitPrice: p('97') }, stopLoss: { stopPrice: p('101') },
  }) // prettier-ignore
  expect(whatIf(short, moment())).toMatchObject({ lossAtStop: '10', gainAtTarget: '30' })
})

test('an OCO’s loss and gain are measured from the position’s cost', () => {
  const oco = draftWith({
    side: 'sell', orderClass: 'oco', limitPrice: undefined, takeProfit: { limitPrice: p('104') }, stopLoss: { stopPrice: p('99') },
  }) // prettier-ignore
  const position = { ...holding('10'), averagePrice: p('98') }
  expect(whatIf(oco, moment({ position }))).toMatchObject({
    lossAtStop: '0',
    gainAtTarget: '60',
    cost: '1040',
  })
  const dear = { ...holding('10'), averagePrice: p('105') }
  expect(whatIf(oco, moment({ position: dear }))).toMatchObject({ lossAtStop: '60', gainAtTarget: '0' })
})

test('unknown values are left out', () => {
  const { row: _row, account: _account, ...blind } = moment()
  expect(whatIf(atMarket(), blind)).toEqual({ positionAfter: '10' })
  expect(whatIf(draftWith({ quantity: undefined }), blind)).toEqual({})
})

test('an order in dollars can come to fractional shares', () => {
  const dollars = atMarket({ quantity: undefined, notional: p('50') })
  expect(whatIf(dollars, moment({ position: { ...holding('0'), quantity: s('0') } }))).toMatchObject({
    cost: '50',
    positionAfter: '0.499950005',
  })
})
