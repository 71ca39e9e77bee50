import { Decimal } from 'decimal.js'
import { PLACES } from '../units.ts'
import { formatDecimal, formatSigned } from './numbers.ts'

/** Puts the dollar sign between the sign of an amount and its digits: `−$0.20`. */
const withDollarSign = (amount: string): string => amount.replace(/^([+\u2212]?)/, '$1$')

const toTheCent = (amount: Decimal.Value): Decimal => new Decimal(amount).toDecimalPlaces(2)

/** Dollar amount to the cent: `$64,924.00`, `−$0.20`. */
export const dollars = (amount: Decimal.Value): string => withDollarSign(formatDecimal(toTheCent(amount), 2))

/** The same with its sign always shown: `+$1.50`, `−$0.20`, `$0.00`. */
export const signedDollars = (amount: Decimal.Value): string =>
  withDollarSign(formatSigned(toTheCent(amount), 2))

/** A price with all its digits, at least two after the point: `$229.85`, `$0.8412`. */
export const dollarsEach = (price: Decimal.Value): string =>
  withDollarSign(formatDecimal(new Decimal(price).toDecimalPlaces(PLACES), 2))
