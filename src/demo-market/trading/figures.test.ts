import { describe, expect, test } from 'vitest'
import { amount, ZERO } from '../matching/index.ts'
import { figuresOf } from './figures.ts'

describe('the figures of an account', () => {
  test('match the documentation: half a position is margin, twice the rest is buying power', () => {
    const cash = amount('80210.55')
    const holdings = new Map([['KLMN', { qty: amount('427.575416667'), cost: amount(20_000) }]])
    const figures = figuresOf({ cash, holdings }, ZERO, () => amount(48))
    expect(figures.longValue.toFixed(2)).toBe('20523.62')
    expect(figures.equity.toFixed(2)).toBe('100734.17')
    expect(figures.initialMargin.toFixed(2)).toBe('10261.81')
    expect(figures.maintenanceMargin.toFixed(2)).toBe('6157.09')
    expect(figures.buyingPower.toFixed(2)).toBe('180944.72')
  })

  test('of a short position: its proceeds are not buying power', () => {
    const holdings = new Map([['KLMN', { qty: amount(-100), cost: amount(5000) }]])
    const figures = figuresOf({ cash: amount(105_000), holdings }, amount(1000), () => amount(50))
    expect(figures.equity.toFixed()).toBe('100000')
    expect(figures.shortValue.toFixed()).toBe('-5000')
    expect(figures.buyingPower.toFixed()).toBe('194000')
    expect(figures.nonMarginable.toFixed()).toBe('96500')
  })

  test('never fall below zero to spend', () => {
    const figures = figuresOf({ cash: amount(100), holdings: new Map() }, amount(1000), () => ZERO)
    expect([figures.buyingPower.toFixed(), figures.nonMarginable.toFixed()]).toEqual(['0', '0'])
  })
})
