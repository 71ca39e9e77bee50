import { momentInZone } from '../ui/times.ts'
import { isObject, joined, shown, type Payload } from './payload-facts.ts'

/** One value of an event, with its name. */
export interface EventFact {
  readonly name: string
  readonly value: string
}

/** Names of the fields that Signal writes. A field that is not listed is shown under its own name. */
const NAMES: Readonly<Record<string, string>> = {
  symbol: 'Symbol',
  side: 'Side',
  type: 'Order type',
  timeInForce: 'Time in force',
  orderClass: 'Order class',
  quantity: 'Quantity',
  notional: 'Dollar amount',
  limitPrice: 'Limit price',
  stopPrice: 'Stop price',
  trail: 'Trail',
  trailPrice: 'Trail amount, $',
  trailPercent: 'Trail amount, %',
  extendedHours: 'Extended hours',
  takeProfit: 'Take profit',
  stopLoss: 'Stop loss',
  by: 'Requested by',
  kind: 'Kind',
  proposal: 'Proposal',
  accepted: 'Confirmed warnings',
  problems: 'Why',
  unrecorded: 'Earlier denials not recorded',
  change: 'Wanted',
  before: 'Before',
  after: 'After',
  replaces: 'Replaces order',
  replacedBy: 'Replaced by order',
  filledThen: 'Filled by then',
  exchangeId: 'Alpaca ID',
  legs: 'Exits',
  executionId: 'Execution ID',
  executions: 'Executions',
  execution: 'Execution',
  previousId: 'Execution ID before',
  report: 'Alpaca’s report',
  price: 'Price',
  filledQuantity: 'Total filled',
  averagePrice: 'Average price',
  averageBefore: 'Average price before',
  filledAt: 'Filled at',
  filledBefore: 'Filled before',
  submittedAt: 'Submitted at',
  termsUpdatedAt: 'Changed at',
  doneAt: 'Done at',
  expiredAt: 'Expired at',
  amendedAt: 'Amended at',
  exchangeAt: 'Alpaca’s time',
  isSum: 'Sum of several executions',
  reason: 'Reason',
  finding: 'Finding',
  sentence: 'What was found',
  lastId: 'Up to event',
  sha256: 'Snapshot hash',
  cause: 'Cause',
  differences: 'Differences',
  cash: 'Cash',
  positions: 'Positions',
  accountId: 'Account ID',
  endsWith: 'Account number ends with',
  limit: 'Limit',
  lossPercent: 'Loss, %',
  day: 'Day',
  reasons: 'Reasons',
  until: 'Until',
  despite: 'Despite',
  attempt: 'Attempt',
}

/** Fields whose own fields are listed without them: they only hold the order. */
const HOLDERS: ReadonlySet<string> = new Set(['draft', 'terms'])
/** Fields with amounts; other digits, such as an ID's, are shown as they are. */
const AMOUNTS: ReadonlySet<string> = new Set([
  'quantity',
  'notional',
  'limitPrice',
  'stopPrice',
  'trail',
  'trailPrice',
  'trailPercent',
  'price',
  'filledQuantity',
  'averagePrice',
  'averageBefore',
  'filledThen',
  'filledBefore',
  'cash',
  'before',
  'after',
])
/** Fields that are not about the event: a payload's version. */
const SILENT: ReadonlySet<string> = new Set(['version'])
/** How many entries of a list are shown. */
const MOST = 100
/** No time before 2001 is in the log. */
const FIRST_TIME = 978_307_200_000

const nameOf = (field: string): string => (Object.hasOwn(NAMES, field) ? (NAMES[field] ?? field) : field)

/** Every value of a payload with its name, in the payload's order. The payload itself is shown below them. */
export function factsOf(payload: Payload): readonly EventFact[] {
  return Object.entries(payload)
    .filter(([field]) => !SILENT.has(field))
    .flatMap(([field, value]) => {
      if (!isObject(value)) return [{ name: nameOf(field), value: textOf(value, AMOUNTS.has(field)) }]
      const inner = factsOf(value)
      if (HOLDERS.has(field)) return inner
      return Object.keys(value).join() === 'kind'
        ? inner.map((fact) => ({ ...fact, name: nameOf(field) }))
        : inner.map((fact) => ({ ...fact, name: `${nameOf(field)}: ${lowered(fact.name)}` }))
    })
}

const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

function textOf(value: unknown, isAmount: boolean): string {
  if (typeof value === 'string') return isAmount ? shown(value) : value === '' ? 'empty' : value
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return value >= FIRST_TIME ? momentInZone(value, 0) : String(value)
  if (!Array.isArray(value)) return JSON.stringify(value)
  if (value.length === 0) return 'none'
  const rest = value.length - MOST
  return joined([...value.slice(0, MOST).map(entryOf), rest > 0 && `and ${rest} more`], '; ')
}

const entryOf = (entry: unknown): string =>
  isObject(entry)
    ? factsOf(entry)
        .map(({ name, value }) => `${lowered(name)} ${value}`)
        .join(', ')
    : textOf(entry, false)
