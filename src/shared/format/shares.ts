import { Decimal } from 'decimal.js'
import { PLACES } from '../units.ts'
import { counted, formatDecimal } from './numbers.ts'

const inShares = (shares: Decimal.Value): Decimal => new Decimal(shares).toDecimalPlaces(PLACES)

/** A number of shares with all its digits: `1,000`, `0.5`. */
export const formatShares = (shares: Decimal.Value): string => formatDecimal(inShares(shares))

/** The same with its unit: `1 share`, `1,000 shares`. */
export const describeShares = (shares: Decimal.Value): string => counted(inShares(shares), 'share')
