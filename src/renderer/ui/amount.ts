import { Decimal } from 'decimal.js'
import { decimalsOf, formatDecimal } from '#shared/format/numbers'
import { roundToTick, tickPlaces } from '#shared/trading/tick-size'
import { PLACES } from '#shared/units'

/**
 * What a field takes: dollars per share, shares, total dollars, a percentage, a distance in dollars per share
 * or in ticks, a multiple of a distance, or any number.
 */
export type AmountKind =
  'price' | 'shares' | 'dollars' | 'percent' | 'distance' | 'ticks' | 'multiple' | 'number'

/** Result of reading a typed or pasted amount. */
export type Amount =
  | { readonly kind: 'empty' }
  /** Exact decimal text, with a note on how it was read if it was ambiguous. */
  | { readonly kind: 'read'; readonly value: string; readonly note?: string }
  /** Why it was rejected and what to type instead, with values that would work, nearest first. */
  | { readonly kind: 'refused'; readonly sentence: string; readonly instead: readonly string[] }

const NAMES: Record<AmountKind, string> = {
  price: 'Price',
  shares: 'Quantity',
  dollars: 'Amount',
  percent: 'Percentage',
  distance: 'Distance',
  ticks: 'Number of ticks',
  multiple: 'Multiple',
  number: 'Number',
}

/** Decimals a field allows; a price's depend on its size. */
const MOST_PLACES: Record<Exclude<AmountKind, 'price'>, number> = {
  shares: PLACES,
  dollars: 2,
  percent: 4,
  distance: 4,
  ticks: 0,
  multiple: 4,
  number: 4,
}

/** Amounts that some people write with a sign to mean a sale. */
const HAS_DIRECTION: ReadonlySet<AmountKind> = new Set(['price', 'shares', 'dollars'])

/** Most digits before the decimal point that make sense. */
const MOST_DIGITS = 9

/** Spaces used as thousands separators somewhere, and those that come with pasted text. */
const SPACES = /[\s\u00a0\u2007-\u200b\u202f\ufeff]+/g
const MINUS_SIGNS = /^[-\u2212\u2013]|^\(.*\)$/

const refused = (sentence: string, ...instead: readonly string[]): Amount => ({
  kind: 'refused',
  sentence,
  instead,
})

/**
 * Reads an amount as people type and paste it: `$1,234.50`, `228,34`, `1 234.5`. A comma before exactly three
 * digits separates thousands, as in the US; any other comma is a decimal comma, and the note says so. Nothing
 * is rounded.
 */
export function readAmount(text: string, kind: AmountKind): Amount {
  const unit = kind === 'percent' ? /%\s*$/ : kind === 'shares' ? /shares?\s*$/i : /^\s*(?:US)?\$|USD\s*$/gi
  const bare = text.replace(unit, '').trim()
  if (text.trim() === '') return { kind: 'empty' }
  if (MINUS_SIGNS.test(bare.replace('$', ''))) {
    const direction = HAS_DIRECTION.has(kind) ? ' Choose Buy or Sell for direction.' : ''
    return refused(`${NAMES[kind]} must be above 0.${direction}`)
  }
  if (/^[\d.,]+e[+-]?\d+$/i.test(bare)) {
    return refused('Use plain digits.')
  }
  if (!/\d/.test(bare) || /[^\d.,'\u2019\s\u00a0\u2007-\u200b\u202f\ufeff]/.test(bare)) {
    return refused(`“${text.trim()}” isn’t a number. Example: ${EXAMPLES[kind]}.`)
  }
  const plain = withoutGroups(bare)
  if (plain === undefined) {
    return refused('Ambiguous number. Remove separators.')
  }
  return judged(plain.digits, kind, plain.note)
}

const EXAMPLES: Record<AmountKind, string> = {
  price: '228.34',
  shares: '100',
  dollars: '25000',
  percent: '2.5',
  distance: '0.25',
  ticks: '10',
  multiple: '2',
  number: '2.5',
}

interface Plain {
  /** With a decimal point and nothing else. */
  readonly digits: string
  readonly note?: string
}

/** Removes thousands separators; undefined if they are misplaced. */
function withoutGroups(bare: string): Plain | undefined {
  const spaced = bare.replace(SPACES, ' ').replace(/['\u2019]/g, ' ')
  const points = count(spaced, '.')
  const commas = count(spaced, ',')
  const decimal = decimalSign(spaced, points, commas)
  const [whole = '', fraction, ...more] = decimal === undefined ? [spaced] : split(spaced, decimal)
  if (more.length > 0 || (fraction !== undefined && !/^\d*$/.test(fraction))) return undefined
  const digits = ungrouped(whole)
  if (digits === undefined) return undefined
  const value = fraction === undefined || fraction === '' ? digits || '0' : `${digits || '0'}.${fraction}`
  if (decimal === ',') return { digits: value, note: `Read as ${value}` }
  if (commas === 1 && points === 0) {
    return {
      digits: value,
      note: `Read as ${formatDecimal(value, decimalsOf(value))}`,
    }
  }
  return { digits: value }
}

const count = (text: string, sign: string): number => text.split(sign).length - 1

/** The decimal separator, which comes last; undefined if there is none. */
function decimalSign(text: string, points: number, commas: number): '.' | ',' | undefined {
  if (points > 0 && commas > 0) return text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ','
  if (points === 1) return '.'
  if (commas === 1) return /^0*,|,\d{0,2}$|,\d{4,}$|^\d{4,},/.test(text) ? ',' : undefined
  return undefined
}

const split = (text: string, sign: string): readonly string[] => {
  const at = text.lastIndexOf(sign)
  return [text.slice(0, at), text.slice(at + 1)]
}

/**
 * The digits without separators; undefined unless they are unseparated or in groups of three with the same
 * separator throughout.
 */
function ungrouped(whole: string): string | undefined {
  if (/^\d*$/.test(whole)) return whole
  const [, sign = ''] = /^\d{1,3}([ .,])/.exec(whole) ?? []
  const groups = whole.split(sign)
  const fits = sign !== '' && groups.every((group, at) => (at === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group))
  return fits ? groups.join('') : undefined
}

/** Checks whether a number of this kind is allowed in the field. */
function judged(digits: string, kind: AmountKind, note: string | undefined): Amount {
  const value = new Decimal(digits)
  if (value.isZero()) return refused(`${NAMES[kind]} must be above 0.`)
  if (value.toFixed(0).length > MOST_DIGITS) {
    return refused('Too large.')
  }
  const places = kind === 'price' ? tickPlaces(value) : MOST_PLACES[kind]
  if (value.decimalPlaces() > places) return tooFine(value, kind, places)
  return { kind: 'read', value: value.toFixed(), ...(note !== undefined && { note }) }
}

function tooFine(value: Decimal, kind: AmountKind, places: number): Amount {
  const [down, up] =
    kind === 'price'
      ? [roundToTick(value, 'down'), roundToTick(value, 'up')]
      : [value.toDecimalPlaces(places, Decimal.ROUND_DOWN), value.toDecimalPlaces(places, Decimal.ROUND_UP)]
  const nearest = value.minus(down).lt(up.minus(value)) ? [down, up] : [up, down]
  const instead = new Set(
    nearest
      .filter((near) => near.gt(0))
      .map((near) => near.toFixed(kind === 'price' ? tickPlaces(near) : places <= 4 ? places : undefined)),
  )
  return refused(`Max ${places} decimals: ${[...instead].join(' or ')}.`, ...instead)
}
