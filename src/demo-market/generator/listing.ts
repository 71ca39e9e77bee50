import { keyOf, uniformAt } from './random.ts'

/** A listing of the demo exchange, and how it trades. The names are real, the numbers only look real. */
export interface Listing {
  readonly symbol: string
  readonly name: string
  readonly exchange: 'NASDAQ' | 'NYSE' | 'ARCA'
  /** Dollars per share around November 2026, split-adjusted. */
  readonly price: number
  /** Standard deviation of the log price over one day. */
  readonly dailyVolatility: number
  /** On the consolidated tape, in an average minute of a regular session. */
  readonly tradesPerMinute: number
  /** Usual bid-ask spread, in ticks. */
  readonly spreadTicks: number
}

type Row = readonly [
  symbol: string,
  price: number,
  dailyVolatility: number,
  tradesPerMinute: number,
  spreadTicks: number,
  name: string,
]

const NASDAQ: readonly Row[] = [
  ['AAPL', 268, 0.015, 1500, 2, 'Apple Inc. Common Stock'],
  ['TSLA', 412, 0.033, 2400, 6, 'Tesla, Inc. Common Stock'],
  ['NVDA', 184, 0.026, 2600, 2, 'NVIDIA Corporation Common Stock'],
  ['PLTR', 171, 0.034, 1300, 4, 'Palantir Technologies Inc. Class A Common Stock'],
  ['GOOGL', 292, 0.017, 900, 4, 'Alphabet Inc. Class A Common Stock'],
  ['GOOG', 293, 0.017, 600, 4, 'Alphabet Inc. Class C Capital Stock'],
  ['MSFT', 497, 0.014, 900, 6, 'Microsoft Corporation Common Stock'],
  ['AMZN', 233, 0.018, 1100, 3, 'Amazon.com, Inc. Common Stock'],
  ['META', 628, 0.02, 700, 12, 'Meta Platforms, Inc. Class A Common Stock'],
  ['AMD', 236, 0.03, 1500, 4, 'Advanced Micro Devices, Inc. Common Stock'],
  ['NFLX', 112, 0.019, 600, 3, 'Netflix, Inc. Common Stock'],
  ['ADBE', 331, 0.017, 220, 12, 'Adobe Inc. Common Stock'],
  ['AVGO', 352, 0.024, 700, 8, 'Broadcom Inc. Common Stock'],
  ['INTC', 37, 0.028, 800, 1, 'Intel Corporation Common Stock'],
  ['MU', 241, 0.03, 700, 8, 'Micron Technology, Inc. Common Stock'],
  ['QCOM', 172, 0.019, 300, 5, 'QUALCOMM Incorporated Common Stock'],
  ['CSCO', 77, 0.013, 350, 1, 'Cisco Systems, Inc. Common Stock'],
  ['PYPL', 64, 0.021, 260, 1, 'PayPal Holdings, Inc. Common Stock'],
  ['COST', 921, 0.013, 150, 40, 'Costco Wholesale Corporation Common Stock'],
  ['SBUX', 86, 0.016, 200, 2, 'Starbucks Corporation Common Stock'],
  ['COIN', 268, 0.04, 700, 14, 'Coinbase Global, Inc. Class A Common Stock'],
  ['HOOD', 121, 0.042, 800, 4, 'Robinhood Markets, Inc. Class A Common Stock'],
  ['SOFI', 27, 0.033, 500, 1, 'SoFi Technologies, Inc. Common Stock'],
  ['SMCI', 34, 0.045, 500, 2, 'Super Micro Computer, Inc. Common Stock'],
  ['QQQ', 604, 0.012, 2000, 2, 'Invesco QQQ Trust, Series 1'],
  ['SMH', 349, 0.02, 260, 8, 'VanEck Semiconductor ETF'],
  ['SNDL', 1.92, 0.035, 60, 1, 'SNDL Inc. Common Shares'],
  ['GSAT', 0.8412, 0.06, 40, 12, 'Globalstar, Inc. Common Stock'],
  ['CTRM', 0.2371, 0.06, 9, 14, 'Castor Maritime Inc. Common Shares'],
]

const NYSE: readonly Row[] = [
  ['CRM', 236, 0.019, 300, 8, 'Salesforce, Inc. Common Stock'],
  ['ORCL', 222, 0.026, 500, 6, 'Oracle Corporation Common Stock'],
  ['IBM', 302, 0.015, 200, 14, 'International Business Machines Corporation Common Stock'],
  ['UBER', 92, 0.021, 450, 2, 'Uber Technologies, Inc. Common Stock'],
  ['DIS', 106, 0.016, 300, 2, 'The Walt Disney Company Common Stock'],
  ['JPM', 306, 0.013, 300, 8, 'JPMorgan Chase & Co. Common Stock'],
  ['BAC', 52, 0.015, 450, 1, 'Bank of America Corporation Common Stock'],
  ['GS', 789, 0.016, 120, 60, 'The Goldman Sachs Group, Inc. Common Stock'],
  ['V', 331, 0.012, 200, 10, 'Visa Inc. Class A Common Stock'],
  ['MA', 541, 0.012, 120, 24, 'Mastercard Incorporated Class A Common Stock'],
  ['WMT', 103, 0.012, 350, 2, 'Walmart Inc. Common Stock'],
  ['KO', 71, 0.009, 250, 1, 'The Coca-Cola Company Common Stock'],
  ['NKE', 65, 0.018, 250, 1, 'NIKE, Inc. Class B Common Stock'],
  ['PFE', 25, 0.014, 350, 1, 'Pfizer Inc. Common Stock'],
  ['XOM', 117, 0.014, 300, 2, 'Exxon Mobil Corporation Common Stock'],
  ['BA', 190, 0.019, 220, 9, 'The Boeing Company Common Stock'],
  ['F', 13, 0.02, 300, 1, 'Ford Motor Company Common Stock'],
  ['T', 26, 0.012, 280, 1, 'AT&T Inc. Common Stock'],
  ['SNAP', 8.1, 0.035, 250, 1, 'Snap Inc. Class A Common Stock'],
  ['GME', 21, 0.035, 150, 2, 'GameStop Corp. Class A Common Stock'],
  ['AMC', 2.31, 0.04, 150, 1, 'AMC Entertainment Holdings, Inc. Class A Common Stock'],
  ['BRK.B', 512, 0.01, 160, 24, 'Berkshire Hathaway Inc. Class B Common Stock'],
]

const ARCA: readonly Row[] = [
  ['SPY', 668, 0.01, 2600, 1, 'SPDR S&P 500 ETF Trust'],
  ['DIA', 462, 0.009, 180, 6, 'SPDR Dow Jones Industrial Average ETF Trust'],
  ['IWM', 236, 0.013, 700, 2, 'iShares Russell 2000 ETF'],
  ['VOO', 614, 0.01, 200, 5, 'Vanguard S&P 500 ETF'],
  ['GLD', 376, 0.011, 250, 3, 'SPDR Gold Shares'],
  ['SLV', 46, 0.018, 200, 1, 'iShares Silver Trust'],
  ['TLT', 89, 0.009, 300, 1, 'iShares 20+ Year Treasury Bond ETF'],
  ['XLF', 52, 0.011, 200, 1, 'Financial Select Sector SPDR Fund'],
  ['XLE', 90, 0.014, 180, 1, 'Energy Select Sector SPDR Fund'],
  ['ARKK', 78, 0.024, 150, 2, 'ARK Innovation ETF'],
  ['UGA', 63, 0.017, 0.25, 18, 'United States Gasoline Fund'],
]

const listed =
  (exchange: Listing['exchange']) =>
  ([symbol, price, dailyVolatility, tradesPerMinute, spreadTicks, name]: Row): Listing => ({
    symbol,
    name,
    exchange,
    price,
    dailyVolatility,
    tradesPerMinute,
    spreadTicks,
  })

/**
 * Symbols that are always listed: well-known stocks and funds, two below one dollar, one that hardly trades.
 */
export const WELL_KNOWN: readonly Listing[] = [
  ...NASDAQ.map(listed('NASDAQ')),
  ...NYSE.map(listed('NYSE')),
  ...ARCA.map(listed('ARCA')),
]

/** The only symbol of Alpaca's test stream. */
export const FAKEPACA: Listing = {
  symbol: 'FAKEPACA',
  name: 'Fakepaca',
  exchange: 'NASDAQ',
  price: 134,
  dailyVolatility: 0.02,
  tradesPerMinute: 16,
  spreadTicks: 80,
}

/** A listing for an unknown symbol: its name alone determines how it trades. */
export function inventedListing(symbol: string): Listing {
  const key = keyOf(0, symbol)
  const price = Math.round(500 * Math.exp(3.5 * (uniformAt(key, 0) - 0.8))) + 0.5
  return {
    symbol,
    name: `${symbol} Demo Corporation Common Stock`,
    exchange: uniformAt(key, 1) < 0.5 ? 'NYSE' : 'NASDAQ',
    price,
    dailyVolatility: 0.012 + 0.025 * uniformAt(key, 2),
    tradesPerMinute: Math.round(Math.exp(2 + 5 * uniformAt(key, 3))),
    spreadTicks: 1 + Math.round(price / 60),
  }
}
