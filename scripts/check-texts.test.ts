import { expect, test } from 'vitest'
import { complaintsOf, SPELLINGS, WORDS } from './check-texts.mjs'

/** The complaints about one file. */
const complaints = (path: string, text: string) => complaintsOf(new Map([[path, text]]))

/** A British word for each spelling that is not ours. */
const BRITISH = [
  'The order was cancelled.',
  'Dialling the stream.',
  'Labelled by symbol.',
  'The colours of rise and fall.',
  'Odd behaviour of the feed.',
  'The neighbouring row.',
  'Do us the favour.',
  'The grey rows.',
  'The licence of the database.',
  'A line of defence.',
  'The centre of the screen.',
  'The catalogue of symbols.',
  'The programme of the day.',
  'Pay by cheque.',
  'An artefact of the build.',
  'Analysing the bars.',
  'Synchronising with Alpaca.',
  'A manoeuvre.',
  'Whilst the market is open.',
  'Moves towards the close.',
]

/** An old text of the app for each word that has a better one. */
const OLD = [
  'A symbol can be typed all the same.',
  'It is triggered at once.',
  'The file was put aside as broken.',
  'The load goes on.',
  'Armed until 10:30 New York.',
  'Over 5 % of the price.',
  'Your watch list is empty.',
  'Alpaca knows nothing of it.',
  'Alpaca does not know the symbol.',
  'No order works.',
  'There is no such order any more.',
  'Story of the order',
  'Understood',
  'You want to be asked over 2 s.',
  'Paper is play money.',
  'The prices are invented.',
  'Two digits behind the point.',
  'Parts of a share cannot be sold.',
  'Alpaca has not told the figures.',
  'Alpaca takes no more requests.',
  'Waiting for the first quote.',
  'The price is not known yet.',
  'AAPL1 is no stock symbol.',
  'What happened stands in the log.',
  'Signal keeps trying.',
  'Try now',
  'Load again',
  'Nothing listens there.',
  'Arming lapses in 12 min.',
  'A new database was begun.',
  '45 events in all',
  'Asking Alpaca.',
  '2 it was not asked properly',
  'Put the welcome away',
  'The stop lies above the market.',
  'It is 2% below, so that it may not be filled.',
  'Cancel the orders of the symbol',
  'Risk is $ a share.',
  'Trading is halted: no new orders.',
  'The exchange says it is filled.',
  'Alpaca says you are flat.',
  'The journal could not be read.',
  'Books opened',
  'Forget keys',
  'This system has no keyring.',
  'Only orders that make a position smaller are sent.',
  'Positions were compared with the exchange.',
  'Accepted by the exchange.',
  'Close 50 at the market.',
  'Filled 30 of 100; the rest works.',
  'What is stored cannot be told.',
  'Fills stand here as soon as they happen.',
  'Asked to cancel 3 orders.',
  'You hold nothing.',
  'There is no price yet to turn dollars into shares.',
  'Shown is the middle of bid and ask.',
  'Can I believe this price?',
  'With care.',
  'TSLA trades again.',
  'Look at Orders.',
  'This order is worth $X.',
  'For orders that take the other side.',
  'Do not send it again.',
  'No answer came.',
  'Nothing was written down yet.',
  'The chain of hashes was not verified yet.',
  'The log is as it was written.',
  'Release the kill switch',
  'Change it there and start Signal again.',
  'Restart Signal if this stays.',
  'No quote has come yet.',
  'Walk the grid',
  'Details of the row',
  'Fixed by the environment variable X',
  'Stay as it is',
  'The load did not begin.',
  '30 are filled already.',
  'Only exits are sent.',
  'The price feed is down or mute.',
  'nobody quotes',
  'Nothing fits this filter.',
  'Partly filled',
  'Standing by',
  'Waits for entry',
  'Never sent',
  'Good till canceled',
  'Orders with exits trade in regular hours only.',
  'An order in dollars lasts the day.',
  'The one exit',
  'It can be read in several ways.',
  'Take the first fix',
  'Gaps of any size',
  'These minutes were never asked for.',
  'Came, but made no sense and was not stored',
  'The storage process died.',
  'No minute bar for 5 minutes.',
]

test.each(BRITISH)('in a text, a comment, a title and a document: %s', (text) => {
  expect(complaints('src/main/bad.ts', `export const a = '${text}'\n`)).toHaveLength(1)
  expect(complaints('src/main/bad.ts', `/** ${text} */\nexport const a = 1\n`)).toHaveLength(1)
  expect(complaints('tests/e2e/bad.e2e.ts', `test('${text}', () => {})\n`)).toHaveLength(1)
  expect(complaints('docs/bad.md', `# Bad\n\n${text}\n`)).toHaveLength(1)
})

test.each(OLD)('in a text, in JSX and in a document: %s', (text) => {
  expect(complaints('src/main/bad.ts', `export const a = '${text}'\n`)).not.toEqual([])
  expect(complaints('src/renderer/bad.tsx', `export const A = () => <p>${text}</p>\n`)).not.toEqual([])
  expect(complaints('README.md', `# Bad\n\n${text}\n`)).not.toEqual([])
})

test('no word is in the table without an example here that finds it', () => {
  const found = (words: typeof WORDS, texts: readonly string[]) =>
    words.filter(([old]) => !texts.some((text) => old.test(text)))
  expect(found(SPELLINGS, BRITISH)).toEqual([])
  expect(found(WORDS, OLD)).toEqual([])
})

test('a complaint says where, what, and what is better', () => {
  expect(complaints('src/main/bad.ts', `const a = 1\n\nexport const b = 'Not at once.'\n`)).toEqual([
    'src/main/bad.ts:3 Not "at once" but immediately, or nothing: \'Not at once.\'',
  ])
})

test('a text with something filled in is read as it is shown', () => {
  expect(complaints('src/main/bad.ts', 'export const a = (b: number) => `${b} % of it`\n')).toHaveLength(1)
  expect(
    complaints('src/main/bad.ts', 'export const a = (b: string) => `${b.put("at once now")}`\n'),
  ).toHaveLength(1)
  expect(
    complaints('src/main/good.ts', 'export const a = (goesOn: string) => `It ${goesOn} well`\n'),
  ).toEqual([])
})

test.each([
  ['a comment, which may say "at once"', '// It ends at once.\nexport const a = 1\n'],
  ['an import', `import 'put aside'\n`],
  ['a type', `export type A = 'put aside' | 'all the same'\n`],
  ['the name of a field', `export const a = { 'goes on': 1 }\n`],
  ['a value of code', `export const a = 'dialling'\n`],
])('%s is not read', (_what, text) => {
  expect(complaints('src/main/good.ts', text)).toEqual([])
})

test('code, addresses and quoted titles of tests in documents are not read', () => {
  expect(
    complaints('docs/good.md', 'See `at once` and [it](https://a.b/colour).\n\n```\nput aside\n```\n'),
  ).toEqual([])
  expect(complaints('docs/security.md', '"a halt lasts no longer"\n')).toEqual([])
  expect(complaints('docs/other.md', '"a halt lasts no longer"\n')).toHaveLength(1)
})

test('tests may look for old words, but are spelled as everything else', () => {
  const text = `test('the colour stays', () => expect('It goes on').toBe(1))\n`
  expect(complaints('src/main/bad.test.ts', text)).toHaveLength(1)
})

test('an exception counts at its place alone', () => {
  const text = "export const up = `update loads set state = 'canceled' where state = 'cancelled';`\n"
  expect(complaints('src/storage/database/migrations/006-canceled-loads.ts', text)).toEqual([])
  expect(complaints('src/storage/database/migrations/007-exact-bars.ts', text)).toHaveLength(1)
})
