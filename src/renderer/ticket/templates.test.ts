import { expect, test } from 'vitest'
import type { BracketTemplate } from '../stores/ticket-setup.ts'
import { describeTemplate, withExits, withTemplate } from './templates.ts'
import { BLANK_FORM } from './ticket-form.ts'

const twoR: BracketTemplate = {
  name: '2R',
  stop: { text: '1', unit: 'atr' },
  target: { text: '2', unit: 'r' },
}

test('a template makes a bracket of an order, whatever exits it had', () => {
  const form = { ...BLANK_FORM, stop: { text: '190', unit: 'price' as const }, stopLimit: '189' }
  expect(withTemplate(form, twoR)).toMatchObject({
    orderClass: 'bracket',
    stop: twoR.stop,
    target: twoR.target,
    stopLimit: '',
  })
})

test('a template drops what a bracket cannot have: a trail, extended hours, dollars, a time in force', () => {
  expect(
    withTemplate(
      {
        ...BLANK_FORM,
        type: 'trailing_stop',
        timeInForce: 'ioc',
        extendedHours: true,
        quantity: '500',
        quantityUnit: 'fraction',
      },
      twoR,
    ),
  ).toMatchObject({
    orderClass: 'bracket',
    type: 'limit',
    timeInForce: 'day',
    extendedHours: false,
    quantityUnit: 'dollars',
  })
})

test('exits chosen from the list begin with a template, and typed ones stay', () => {
  const bracket = { ...BLANK_FORM, orderClass: 'bracket' } as const
  expect(withExits(bracket, twoR, true)).toMatchObject({ stop: twoR.stop, target: twoR.target })
  const typed = { ...bracket, stop: { text: '190', unit: 'price' as const } }
  expect(withExits(typed, twoR, true).stop.text).toBe('190')
})

test('without an ATR the stop begins one percent away', () => {
  expect(withExits({ ...BLANK_FORM, orderClass: 'bracket' }, twoR, false).stop).toEqual({
    text: '1',
    unit: 'percent',
  })
})

test('a template is told in words', () => {
  expect(describeTemplate(twoR)).toBe('stop 1 × ATR, target 2 R')
  expect(
    describeTemplate({
      name: 'a',
      stop: { text: '0.25', unit: 'dollars' },
      target: { text: '40', unit: 'ticks' },
    }),
  ).toBe('stop $0.25, target 40 ticks')
})
