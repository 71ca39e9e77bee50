/**
 * `npm run texts`: checks that texts are in the English of US brokerage software. One line per complaint: an old word in a
 * text that the trader or a user of the command line sees, in the documents, or a British spelling anywhere, comments and
 * test titles included. Names of types and old words of code are check-names.mjs's.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDERS = ['src', 'tests', 'bench', 'scripts', 'docs']
const FILES = ['README.md', 'CHANGELOG.md', 'package.json', '.github/workflows/release.yml']

/** These files contain the old words on purpose. */
const EXEMPT = ['scripts/check-texts.mjs', 'scripts/check-texts.test.ts']

/**
 * What may stay, and why: an old word that is right at this place.
 * @type {readonly { path: string, text: string, because: string }[]}
 */
const EXCEPTIONS = [
  {
    path: 'src/storage/database/migrations/006-canceled-loads.ts',
    text: "where state = 'cancelled'",
    because: 'what earlier versions stored',
  },
  {
    path: 'tests/integration/storage/open.test.ts',
    text: "set state = 'cancelled'",
    because: 'the same',
  },
]

/**
 * British spellings, searched in texts, comments and documents alike.
 * @type {readonly (readonly [RegExp, string])[]}
 */
export const SPELLINGS = [
  [/\b(un)?cancell(ed|ing|able)\b/i, 'canceled, canceling'],
  [/\b(re)?dial(led|ling)\b/i, 'dialed, dialing'],
  [/\b(label|model|signal|travel|total|level|fuel|marshal)l(ed|ing)\b/i, 'one l'],
  [/\bcolour/i, 'color'],
  [/\bbehaviour/i, 'behavior'],
  [/\bneighbour/i, 'neighbor'],
  [/\b(dis)?(fav|hon|hum|lab|flav|rum)our(s|ed|ing|able|ite)?\b/i, '-or'],
  [/\bgrey/i, 'gray'],
  [/\blicence/i, 'license'],
  [/\b(defence|offence|pretence)\b/i, '-ense'],
  [/\b(centre|metre|fibre|theatre)s?\b/i, '-er'],
  [/\bcatalogue/i, 'catalog'],
  [/\bprogramme\b/i, 'program'],
  [/\bcheque/i, 'check'],
  [/\bartefact/i, 'artifact'],
  [/\b(analyse[sd]?|analysing)\b/i, 'analyze'],
  [
    /\b(un|re)?(author|capital|categor|custom|emphas|final|general|initial|local|maxim|minim|normal|optim|organ|prior(it)?|real|recogn|serial|special|stabil|standard|summar|synchron|util|visual)is(e[sdr]?|ing|ation)\b/i,
    '-ize',
  ],
  [/\bmanoeuvre/i, 'maneuver'],
  [/\b(whilst|amongst)\b/i, 'while, among'],
  [/\btowards\b/i, 'toward'],
]

/**
 * Old words of texts and documents, each with a better one.
 * @type {readonly (readonly [RegExp, string])[]}
 */
export const WORDS = [
  [/\ball the same\b/i, 'anyway'],
  [/\bat once\b/i, 'immediately, or nothing'],
  [/\bput aside\b/i, 'backed up as'],
  [/\b(goes|go|going|went) on\b(?! [A-Z])/i, 'continue'],
  [/\bin New York\b|\bNew York('s|’s)? time\b|\d New York\b|\bhours of New York\b/i, 'ET'],
  [/[\d}] %/, '5%, without a space'],
  [/\bwatch list/i, 'watchlist'],
  [/\b(know|knows|known) nothing\b|\bnobody (knows|can tell)\b/i, 'unknown'],
  [/\b(does|do|did) not know\b|\b(doesn['’]t|don['’]t|didn['’]t) know\b/i, 'unknown'],
  [
    /\bno (order|orders) works?\b|\borders? works?\b|\bworks no more\b|\borders that work\b|\bdoes not work yet\b/i,
    'open, working',
  ],
  [/\bany more\b/i, 'no longer'],
  [/\bStory\b/, 'Timeline'],
  [/\bUnderstood\b/, 'OK or Dismiss'],
  [
    /\b(is|are|be) asked (about|over|at)\b|\bwant to be asked\b|\bask over\b|\bneeds your yes\b/i,
    'confirm above',
  ],
  [/\bplay money\b/i, 'simulated money'],
  [/\binvented\b/i, 'simulated'],
  [/\bdigits behind the point\b/i, 'decimals'],
  [/\bparts of a share\b/i, 'fractional shares'],
  [/\b(has|have|had) not told\b|\btold (yet|the account)\b/i, 'not reported, not loaded'],
  [
    /\b(does|do) not take\b|\btakes no (exits|more|order|others)\b|\btakes (them|those|it) only\b|\bfinds too\b/i,
    'rejects, not accepted, insufficient',
  ],
  [/\bWaiting for the (first|facts|account)\b/i, 'Loading…, Waiting for quote'],
  [/\bnot known yet\b|\bit is not known\b/i, 'unknown, unconfirmed, loading'],
  [/\bis no (stock|whole|symbol|number|real|such)\b/i, 'isn’t a'],
  [/\b(happened|stands|stood) in \$\{|\bhappened stands in\b/i, 'is in, see'],
  [/\bkeeps trying\b/i, 'retrying'],
  [/\btry(ing)? now\b/i, 'Reconnect now'],
  [/\bLoad again\b/, 'Reload'],
  [/\bit hung up\b|\bnothing listens\b/i, 'disconnected, connection refused'],
  [/\blapses?\b/i, 'expires'],
  [/\bbegun\b/i, 'started'],
  [/[\d}] (events|shares|orders|bars|gaps)? ?in all\b/i, 'total'],
  [/\bAsking (Alpaca|the)\b/, 'Testing…, Loading…'],
  [/\b(was )?not asked properly\b|\basked (it )?wrongly\b/i, 'usage error'],
  [/\bPut them in\b|\bPut the\b.*\baway\b/i, 'Add, Dismiss'],
  [/\blie(s)? (above|below|before|between|in the future)\b/i, 'is above, is below'],
  [/\bso that it may not\b/i, 'may not'],
  [/\bof the symbol\b/i, 'the symbol’s'],
  [/\$ a share\b|\brisk a share\b|\bquotes a second\b|\borders a (second|minute)\b|\bshares a bar\b/i, 'per'],
  [
    /\ba halt lasts\b|\bStay halted\b|\btrading is halted\b|\bis halted by\b/i,
    'blocked: only a stock is halted',
  ],
  [
    /\bexchange(['’]s)? (says?|said|has it|holds it|knows|view|took|does not|gives)\b|\b(ask|asks|asked) the exchange\b|\bat the exchange\b/i,
    'Alpaca, which is a broker',
  ],
  [/\bsays you are flat\b/i, 'Confirmed flat.'],
  [/\bjournal\b/i, 'the trading log, or the account file'],
  [/\bbooks\b/i, 'account state, positions'],
  [/\bForget keys\b|\bkeys forgotten\b/i, 'Delete keys'],
  [/\bsystem(['’]s)? keyring\b|\bno keyring\b/i, 'keychain'],
  [/\bmakes? a position smaller\b/i, 'closing orders'],
  [/\bcompared with the exchange\b/i, 'reconciled with Alpaca'],
  [
    /\bthe exchange(?!['’]s? (calendar|days|clock|time|stamp|sequence)| stamped| calendar)\b/i,
    'Alpaca, which is a broker',
  ],
  [/\bat the market\b/i, 'Market, at market'],
  [/; the rest works\b/i, 'rest working'],
  [/\bcannot be told\b/i, 'couldn’t read'],
  [/\bstand here\b/i, 'No … yet.'],
  [/\basked to cancel\b|\b(cancel|change) asked for\b/i, 'cancel sent, requested'],
  [
    /\bnothing (is|was) (held|filled|verified|wrong|missing|traded)\b|\bhold nothing\b/i,
    'No … yet., No positions.',
  ],
  [/\bthere is no (gap|price|entry price|such order|way)\b/i, 'No …'],
  [/\bthe middle of\b/i, 'midpoint'],
  [/\bcan I believe\b/i, 'Price quality'],
  [/\bwith care\b/i, 'Caution'],
  [/\btrades again\b/i, 'resumed'],
  [
    /\blook (at orders|at the list|at its|into the log|again)\b|\blooking (for it|at what|it up)\b|\blooked (through|for)\b/i,
    'see, checking, Retry',
  ],
  [/\bthis order (is worth|is about|takes)\b/i, 'the amount alone'],
  [/\btakes? the other side\b|\btakes whatever\b/i, 'marketable'],
  [/\bdo not send it again\b/i, 'Don’t resend'],
  [/\bno (clear )?answer (came|had come)\b/i, 'No reply'],
  [/\bwritten down\b/i, 'recorded, No … yet.'],
  [/\bchain of hashes\b|\bhashes (of \S+ \S+ \S+ )?hold\b/i, 'hash chain, intact'],
  [/\bas it was written\b/i, 'intact, altered'],
  [/\b(release the kill switch|trading is released|until you release)\b/i, 'turn off'],
  [/\bstart Signal again\b/i, 'restart'],
  [/\bif (this|it|the screen) (stays|fails again)\b/i, 'if it persists'],
  [/\bno prices come\b|\bhas come\b|\bcame yet\b/i, 'no data, No quote yet.'],
  [/\bwalk the\b/i, 'Move'],
  [/\bof the row\b|\bthe row aloud\b/i, 'Symbol details, Announce row'],
  [/\bfixes this\b|\bfixed by the environment\b/i, 'Set by'],
  [/\b(stay|leave) as it is\b|\bkeep (them|loading)\b|\bnot now\b/i, 'Cancel'],
  [
    /\b(the|cancel the) load (is|did|does|was|continues)\b|\bother loads\b|\bload the rest\b|\bcancel the load\b/i,
    'download',
  ],
  [/\bfilled already\b/i, 'already filled'],
  [
    /\bonly exits (are|go)\b|\bexits go (out|through)\b|\bentries (end|wait)\b/i,
    'Close-only, Closing orders only',
  ],
  [/\bdown or mute\b/i, 'down'],
  [/\bnobody quotes\b/i, 'no quote'],
  [/[\d}] that fit\b|\bwhat fits\b|\b(nothing|event) fits\b/i, 'No matches., filtered'],
  [/\bPartly filled\b/, 'Partial fill'],
  [/\bStanding by\b/, 'OCO standby'],
  [/\bWaits for (entry|it)\b/, 'Waiting for entry'],
  [/\bNever sent\b/, 'Not sent'],
  [/\bGood till canceled\b/i, 'GTC'],
  [/\borders? with exits\b/i, 'brackets'],
  [/\borders? in dollars\b/i, 'dollar orders'],
  [/\bthe one exit\b/i, 'Exit'],
  [/\bseveral ways\b|\bpower of ten\b|\bcomma parts\b/i, 'Ambiguous number., Use plain digits.'],
  [/\btake the first fix\b/i, 'Apply first fix'],
  [/\b(a|no) session and more\b|\bof any size\b/i, 'Any length, 1 session or more'],
  [/\bnever asked for\b|\bwere asked for\b/i, 'not downloaded yet'],
  [/\bcontradict each other\b|\bmade no sense\b/i, 'Invalid OHLC, Rejected as invalid'],
  [/\bdied\b/i, 'crashed, stopped'],
  [/\bminute bar\b/i, '1-min bar'],
]

/**
 * The complaints about these files, each with its place.
 * @param {ReadonlyMap<string, string>} files text by path from the root, with `/`
 * @returns {string[]}
 */
export function complaintsOf(files) {
  return [...files]
    .filter(([path]) => !EXEMPT.includes(path))
    .flatMap(([path, text]) =>
      passagesOf(path, text).flatMap((passage) => complaintsAbout(path, text, passage)),
    )
}

/**
 * @typedef {object} Passage
 * @property {string} text without code, which is replaced by something of the same length
 * @property {number} at where it is in the file
 * @property {boolean} isShown whether somebody reads it as a text of Signal: it is not a comment or part of a test
 */

/** @param {string} path @param {string} file @param {Passage} passage */
function complaintsAbout(path, file, { text, at, isShown }) {
  const rules = isShown ? [...SPELLINGS, ...WORDS] : SPELLINGS
  return rules.flatMap(([old, better]) =>
    [...text.matchAll(new RegExp(old, `${old.flags}g`))].flatMap((found) => {
      const [word] = found
      const start = Math.max(0, text.lastIndexOf('\n', found.index) + 1)
      const line = text.slice(start, (text + '\n').indexOf('\n', found.index))
      const isExcepted = EXCEPTIONS.some((one) => one.path === path && line.includes(one.text))
      const number = file.slice(0, at + found.index).split('\n').length
      return isExcepted ? [] : `${path}:${number} Not "${word}" but ${better}: ${line.trim()}`
    }),
  )
}

/** The passages of a file that are in English. @param {string} path @param {string} text @returns {Passage[]} */
function passagesOf(path, text) {
  if (/\.(ts|tsx|mjs)$/.test(path)) return passagesInCode(path, text)
  return [{ text: path.endsWith('.md') ? proseIn(path, text) : text, at: 0, isShown: true }]
}

/**
 * A document without code, addresses, and titles of tests, which docs/security.md quotes.
 * @param {string} path @param {string} text
 */
const proseIn = (path, text) => {
  const left = path === 'docs/security.md' ? text.replaceAll(/"[^"]*"/g, blank) : text
  return left.replaceAll(/^```.*?^```|`[^`\n]*`|\]\([^)\n]*\)|https?:\S+/gms, blank)
}

/** Something of the same length, line by line. @param {string} text */
const blank = (text) => text.replaceAll(/[^\n]/g, '·')

/**
 * @typedef {{ type: string, start: number, end: number, [key: string]: unknown }} Node
 */

/** @param {string} path @param {string} text @returns {Passage[]} */
function passagesInCode(path, text) {
  const { program, comments, errors } = parseSync(path, text)
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  const isShown = !/\.test\.tsx?$|^tests\//.test(path)
  return [
    ...comments.map(({ value, start }) => ({ text: value, at: start + 2, isShown: false })),
    ...textsIn(program)
      .map((node) => ({ ...passageOf(node, text), isShown }))
      .filter(({ text: found }) => isProse(found)),
  ]
}

/** Whether a string is a text, and not a name, a class list or a value of code. @param {string} text */
const isProse = (text) => /[a-z]\S*\s+\S*[a-z]/i.test(text) || /^['"`\s]*[A-Z][a-z]/.test(text)

/** The text of a literal, a template or JSX, with what is filled in as `{}`. @param {Node} node @param {string} text */
function passageOf(node, text) {
  if (node.type !== 'TemplateLiteral') return { text: text.slice(node.start, node.end), at: node.start }
  let source = text.slice(node.start, node.end)
  for (const { start, end } of list(node['expressions'])) {
    const [from, until] = [start - node.start, end - node.start]
    source = source.slice(0, from) + blank(source.slice(from, until)) + source.slice(until)
  }
  return { text: source, at: node.start }
}

/** Where code keeps strings that nobody reads: modules, types, names of fields, and styles. */
const UNREAD = /^(Import|Export(All|Named))Declaration$|^ImportExpression$|^TSLiteralType$/
const UNREAD_ATTRIBUTES = /^(className|id|key|type|role|href|htmlFor|name|data-.*)$/

/** The nodes of a tree that hold texts. @param {unknown} value @returns {Node[]} */
function textsIn(value) {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (!isNode(value)) return []
  const { type, name } = value
  if (type === 'JSXAttribute' && isNode(name) && UNREAD_ATTRIBUTES.test(String(name['name']))) return []
  if (UNREAD.test(type)) return textsIn(value['declaration'])
  const isText =
    type === 'JSXText' ||
    type === 'TemplateLiteral' ||
    (type === 'Literal' && typeof value['value'] === 'string')
  const parts = Object.entries(value).filter(
    ([key]) => !(key === 'key' && type === 'Property' && value['computed'] !== true),
  )
  return [...(isText ? [value] : []), ...parts.flatMap(([, part]) => textsIn(part))]
}

/** @param {unknown} value */
const list = (value) => (Array.isArray(value) ? value.filter(isNode) : [])

/** @param {unknown} value @returns {value is Node} */
const isNode = (value) => typeof value === 'object' && value !== null && 'type' in value && 'start' in value

/** All files with texts, by their path from the root. */
function sources() {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  ).filter((path) => /\.(ts|tsx|mjs|md)$/.test(path))
  return new Map(
    [...FILES, ...paths].map((path) => [path.replaceAll('\\', '/'), readFileSync(join(ROOT, path), 'utf8')]),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const complaints = complaintsOf(sources())
  for (const complaint of complaints) console.log(complaint)
  if (complaints.length > 0) process.exitCode = 1
}
