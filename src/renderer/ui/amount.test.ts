import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAmount, type AmountKind } from './amount.ts'

const price = (text: string) => readAmount(text, 'price')
const value = (text: string, kind: AmountKind = 'price') => {
  const amount = readAmount(text, kind)
  return amount.kind === 'read' ? amount.value : amount.kind
}
const sentence = (text: string, kind: AmountKind = 'price') => {
  const amount = readAmount(text, kind)
  return amount.kind === 'refused' ? amount.sentence : amount.kind
}

describe('an amount in any common spelling is read as it was meant', () => {
  test.each([
    ['228.34', '228.34'],
    ['  228.34\n', '228.34'],
    ['$1,234.50', '1234.5'],
    ['US$ 1,234.50', '1234.5'],
    ['1,234.50 USD', '1234.5'],
    ['1,234,567.89', '1234567.89'],
    ['228,34', '228.34'],
    ['1.234,50', '1234.5'],
    ['1 234,50', '1234.5'],
    ['1\u202f234,50', '1234.5'],
    ['1\u2019234.50', '1234.5'],
    ['1,234', '1234'],
    ['12,345', '12345'],
    ['0,1234', '0.1234'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['228,', '228'],
    ['007.50', '7.5'],
  ])('%j is %s', (text, expected) => expect(value(text)).toBe(expected))

  test('an ambiguous amount says how it was read', () => {
    expect(price('1,234')).toMatchObject({ note: 'Read as 1,234' })
    expect(price('228,34')).toMatchObject({ note: 'Read as 228.34' })
    expect(price('1,234.50')).not.toHaveProperty('note')
    expect(price('228.34')).not.toHaveProperty('note')
  })

  test('an empty field is empty, not wrong', () => {
    expect(price('')).toEqual({ kind: 'empty' })
    expect(price(' \u00a0')).toEqual({ kind: 'empty' })
  })

  test('a unit may stand beside the number where it fits', () => {
    expect(value('2.5 %', 'percent')).toBe('2.5')
    expect(value('100 shares', 'shares')).toBe('100')
    expect(value('$500', 'shares')).toBe('refused')
    expect(value('5%', 'price')).toBe('refused')
  })
})

describe('text that is not an amount is rejected with a sentence that says what to do', () => {
  test.each([
    ['abc', '“abc” isn’t a number. Example: 228.34.'],
    ['12a', '“12a” isn’t a number. Example: 228.34.'],
    ['1e9', 'Use plain digits.'],
    ['-1', 'Price must be above 0. Choose Buy or Sell for direction.'],
    ['\u22121', 'Price must be above 0. Choose Buy or Sell for direction.'],
    ['(5.00)', 'Price must be above 0. Choose Buy or Sell for direction.'],
    ['0', 'Price must be above 0.'],
    ['0.00001', 'Max 4 decimals: 0.0001.'],
    ['228.345', 'Max 2 decimals: 228.35 or 228.34.'],
    ['228.341', 'Max 2 decimals: 228.34 or 228.35.'],
    ['0.12345', 'Max 4 decimals: 0.1235 or 0.1234.'],
    ['0.99996', 'Max 4 decimals: 1.00 or 0.9999.'],
    ['1,23,4', 'Ambiguous number. Remove separators.'],
    ['12 34', 'Ambiguous number. Remove separators.'],
    ['1.2.3', 'Ambiguous number. Remove separators.'],
    ['9999999999', 'Too large.'],
    ['NaN', '“NaN” isn’t a number. Example: 228.34.'],
    ['Infinity', '“Infinity” isn’t a number. Example: 228.34.'],
  ])('%j', (text, expected) => expect(sentence(text)).toBe(expected))

  test('a price off the tick offers the ones on it, nearest first', () => {
    expect(price('228.341')).toMatchObject({ instead: ['228.34', '228.35'] })
    expect(price('0.00001')).toMatchObject({ instead: ['0.0001'] })
  })

  test('only what is bought or sold prompts for a side', () => {
    expect(sentence('-1', 'shares')).toMatch(/Choose Buy or Sell/)
    expect(sentence('-1', 'number')).toBe('Number must be above 0.')
  })

  test('shares have at most nine decimals', () => {
    expect(value('0.123456789', 'shares')).toBe('0.123456789')
    expect(value('0.1234567891', 'shares')).toBe('refused')
  })
})

test('whatever is typed, the answer is an exact positive number, a sentence, or empty; it is never rounded', () => {
  const kinds = fc.constantFrom<AmountKind>(
    'price',
    'shares',
    'dollars',
    'percent',
    'distance',
    'ticks',
    'multiple',
  )
  const texts = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[\d.,$ '%e-]{0,12}$/),
    fc.double({ noNaN: true }).map(String),
  )
  fc.assert(
    fc.property(texts, kinds, (text, kind) => {
      const amount = readAmount(text, kind)
      if (amount.kind === 'read') {
        expect(new Decimal(amount.value).gt(0)).toBe(true)
        const digits = text.replace(/\D/g, '').replace(/^0+|0+$/g, '')
        expect(amount.value.replace(/\D/g, '').replace(/^0+|0+$/g, '')).toBe(digits)
      } else if (amount.kind === 'refused') {
        expect(amount.sentence).toMatch(/\.$/)
        for (const near of amount.instead) expect(value(near, kind)).not.toBe('refused')
      } else expect(text.trim()).toBe('')
    }),
  )
})

test('a price with thousands separators and two decimals is read as itself in every style', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 999_999_999 }), (cents) => {
      const exact = new Decimal(cents).div(100).toFixed(2)
      const [whole = '', fraction = ''] = exact.split('.')
      const groups = whole.replace(/\B(?=(\d{3})+$)/g, '_')
      for (const [thousands, point] of [[',', '.'], ['.', ','], [' ', ','], ['\u00a0', ','], ['\u2019', '.'], ['', '.']]) {
        const written = `${groups.replaceAll('_', thousands ?? '')}${point ?? ''}${fraction}`
        expect(value(written)).toBe(new Decimal(exact).toFixed())
      }
    }),
  ) // prettier-ignore
})
