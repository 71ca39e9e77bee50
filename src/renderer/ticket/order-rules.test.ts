import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  CLASSES,
  classReason,
  extendedReason,
  fitting,
  nextType,
  TIMES_IN_FORCE,
  timeInForceReason,
  typeReason,
  TYPES,
} from './order-rules.ts'
import { BLANK_FORM, type TicketForm } from './ticket-form.ts'

const forms: fc.Arbitrary<TicketForm> = fc.record({
  type: fc.constantFrom(...TYPES.map(([type]) => type)),
  timeInForce: fc.constantFrom(...TIMES_IN_FORCE.map(([timeInForce]) => timeInForce)),
  orderClass: fc.constantFrom(...CLASSES.map(([orderClass]) => orderClass)),
  quantityUnit: fc.constantFrom('shares' as const, 'fraction' as const),
  extendedHours: fc.boolean(),
}).map((some) => ({ ...BLANK_FORM, ...some })) // prettier-ignore

test('whatever is chosen, the ticket drops what is incompatible with it and keeps the rest', () => {
  fc.assert(
    fc.property(forms, (form) => {
      const fits = fitting(form)
      expect(typeReason(fits.type, fits)).toBeUndefined()
      expect(timeInForceReason(fits.timeInForce, fits)).toBeUndefined()
      expect(classReason(fits.orderClass, fits)).toBeUndefined()
      expect(fits.extendedHours && extendedReason(fits)).toBeFalsy()
      expect(fitting(fits)).toEqual(fits)
    }),
  )
})

test('extended hours take only day limit orders, and say so', () => {
  expect(extendedReason(BLANK_FORM)).toBeUndefined()
  expect(extendedReason({ ...BLANK_FORM, type: 'market' })).toBe('Extended hours: limit orders only.')
  expect(extendedReason({ ...BLANK_FORM, timeInForce: 'gtc' })).toBe('Extended hours: Day orders only.')
  expect(extendedReason({ ...BLANK_FORM, orderClass: 'bracket' })).toBe('Brackets: regular hours only.')
})

test('on-open, on-close, IOC and FOK orders are market or limit orders only', () => {
  for (const timeInForce of ['opg', 'cls', 'ioc', 'fok'] as const) {
    expect(timeInForceReason(timeInForce, BLANK_FORM)).toBeUndefined()
    expect(timeInForceReason(timeInForce, { ...BLANK_FORM, type: 'stop' })).toBe(
      `${timeInForce.toUpperCase()}: market and limit orders only`,
    )
    expect(timeInForceReason(timeInForce, { ...BLANK_FORM, orderClass: 'bracket' })).toBe(
      'bracket orders: Day or GTC only',
    )
  }
})

test('the key for the type cycles through all available types', () => {
  const seen = [BLANK_FORM.type]
  for (let form = BLANK_FORM; seen.length < TYPES.length;) {
    form = { ...form, type: nextType(form) }
    seen.push(form.type)
  }
  expect(seen).toEqual(TYPES.map(([type]) => type))
  expect(nextType({ ...BLANK_FORM, orderClass: 'bracket', type: 'stop_limit' })).toBe('limit')
})

test('a part of a share is not offered what takes whole shares, and no exit is dropped because of it', () => {
  const part = { ...BLANK_FORM, quantity: '0.5' }
  expect(typeReason('trailing_stop', part)).toBe('trailing stops: whole shares only')
  expect(timeInForceReason('gtc', part)).toBe('fractional and dollar orders: Day only')
  expect(classReason('bracket', part)).toBe('brackets: whole shares only')
  expect(typeReason('stop', part)).toBeUndefined()
  const bracket = { ...part, orderClass: 'bracket' as const }
  expect(fitting({ ...bracket, type: 'market' })).toEqual({ ...bracket, type: 'market' })
})
