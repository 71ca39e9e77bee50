/**
 * `npm run names`: checks names and comments for what the compiler and the linter do not see (style.md). One
 * line per complaint: type names declared twice in one process, doc comments that document nothing, links to
 * nothing, and words that have a better one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDERS = ['src', 'tests', 'bench', 'scripts']
/** These files contain the words to avoid on purpose. */
const EXEMPT = ['scripts/check-names.mjs', 'scripts/check-names.test.ts']

/**
 * The folders of src/ whose types meet in one process. alpaca/ and process/ are libraries of some, shared/ of
 * all.
 */
const PROCESSES = {
  analysis: ['analysis', 'shared'],
  main: ['main', 'alpaca', 'process', 'shared'],
  storage: ['storage', 'alpaca', 'process', 'shared'],
  'demo-market': ['demo-market', 'process', 'shared'],
  preload: ['preload', 'shared'],
  renderer: ['renderer', 'shared'],
  cli: ['cli', 'storage', 'alpaca', 'process', 'shared'],
}

/**
 * Words that have a better one (style.md, "Words"), searched in code, texts and comments. Only words that
 * cannot mean anything else in this project are listed.
 * @type {readonly (readonly [RegExp, string])[]}
 */
const WORDS = [
  [/OrderBook|AssetBook|RiskBook/, 'AccountState, Orders, AssetRules or RiskState'],
  [/[Dd]esk(?!top)/, 'account session, AccountView or OrderIntake'],
  [/Journal/, 'TradingLog or AccountFile'],
  [/OrderSeen/, 'ExternalOrderDetected'],
  [/OutcomeUnknown/, 'OrderUnconfirmed'],
  [/OrderWorking/, 'OrderOpen'],
  [/OrderAmended/, 'OrderUpdated'],
  [/cancel-pending|replace-pending/, 'pending-cancel or pending-replace'],
  [/not-sent|OrderNotSent/, 'never-arrived'],
  [/[Pp]edigree/, 'provenance'],
  [/\b[Mm]isbehav/, 'injectFault, clearFaults'],
]

/**
 * The same for type names.
 * @type {readonly (readonly [RegExp, string])[]}
 */
const TYPE_WORDS = [
  [/^Books$/, 'AccountState'],
  [/^(Line|Link)$/, 'MarketConnection or ConnectionState'],
  [/^\w*Truth\w*$/, 'freshness'],
  [/^\w*Story\w*$/, 'timeline'],
  [/^\w+(Parts|Ports|Facts)$/, 'XDeps for collaborators, XOptions for settings'],
  [/^\w+(Told|Seen|Asked|Looked|Look)$/, 'a noun: Reported…, …Snapshot, …Context'],
]

/** What may have a doc comment, besides the members of a union or a list. */
const DOCUMENTED = /(?<!Import)Declaration$|Definition$|Property$|Signature$|Member$/

/**
 * The complaints about these files, each with its place.
 * @param {ReadonlyMap<string, string>} files text by path from the root, with `/`
 * @returns {string[]}
 */
export function complaintsOf(files) {
  const parsed = [...files].map(([path, text]) => ({ path, text, ...declarationsOf(path, text) }))
  return [
    ...parsed.flatMap(strayComments),
    ...parsed.flatMap(deadLinks),
    ...parsed.filter(({ path }) => !EXEMPT.includes(path)).flatMap(oldWords),
    ...typesDeclaredTwice(parsed),
  ]
}

/**
 * @typedef {{ type: string, start: number, end: number, [key: string]: unknown }} Node
 * @typedef {{ type: string, value: string, start: number, end: number }} Comment
 * @typedef {object} Parsed
 * @property {string} path
 * @property {string} text
 * @property {readonly Comment[]} comments
 * @property {ReadonlySet<number>} documented where something starts that may have a doc comment
 * @property {ReadonlySet<string>} names everything declared or imported, including members and parameters
 * @property {readonly { name: string, at: number, isExported: boolean }[]} types declared at the top of the file
 */

/** @param {string} path @param {string} text @returns {Omit<Parsed, 'path' | 'text'>} */
function declarationsOf(path, text) {
  const { program, comments, errors } = parseSync(path, text)
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  const documented = new Set()
  const names = new Set()
  for (const node of nodesIn(program)) {
    if (DOCUMENTED.test(node.type)) documented.add(node.start)
    if (node.type === 'ArrayExpression') for (const part of list(node['elements'])) documented.add(part.start)
    for (const part of nodesIn(['id', 'key', 'local', 'params'].map((key) => node[key])))
      if (/^(Private)?Identifier$/.test(part.type)) names.add(String(part['name']))
  }
  return { comments, documented, names, types: typesIn(program.body) }
}

/** @param {unknown} statements @returns {Parsed['types']} */
function typesIn(statements) {
  return list(statements).flatMap((statement) => {
    const { declaration } = statement
    const { type, id } = isNode(declaration) ? declaration : statement
    return isNode(id) && /^(TSInterface|TSTypeAlias|TSEnum|Class)Declaration$/.test(type)
      ? [{ name: String(id['name']), at: id.start, isExported: isNode(declaration) }]
      : []
  })
}

/** All nodes of a tree, from the top. @param {unknown} value @returns {Generator<Node>} */
function* nodesIn(value) {
  if (isNode(value)) yield value
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) yield* nodesIn(part)
}

/** @param {unknown} value */
const list = (value) => (Array.isArray(value) ? value.filter(isNode) : [])

/** @param {unknown} value @returns {value is Node} */
const isNode = (value) => typeof value === 'object' && value !== null && 'type' in value && 'start' in value

/** @param {Comment} comment */
const isDoc = ({ type, value }) => type === 'Block' && value.startsWith('*')

/**
 * Doc comments not followed by anything they could document. The first in a file may be the file's own, and
 * types for JavaScript may be anywhere.
 * @param {Parsed} file
 */
function strayComments({ path, text, comments, documented }) {
  return comments.filter(isDoc).flatMap(({ value, start, end }) => {
    const gap = /^(\s|\/\/.*)*/.exec(text.slice(end))?.[0] ?? ''
    const next = end + gap.length
    const isApart = /\n\s*\n/.test(gap)
    const isOfFile = /^(#!.*)?\s*$/.test(text.slice(0, start)) && (isApart || text.startsWith('import', next))
    if (isOfFile || /@type(def)?\b/.test(value)) return []
    if (text.startsWith('/**', next))
      return `${placeOf(path, text, start)} A doc comment right before another.`
    const isHeld = documented.has(next) || text[next] === '|'
    return isHeld && !isApart ? [] : `${placeOf(path, text, start)} A doc comment that is about nothing.`
  })
}

/** @param {Parsed} file */
function deadLinks({ path, text, comments, names }) {
  return comments.filter(isDoc).flatMap(({ value, start }) =>
    [...value.replaceAll(/(?<=\n\s*)\*/g, ' ').matchAll(/\{@link\s+([^}\s|]+)/g)].flatMap(
      ({ 1: target = '', index }) => {
        if (/^https?:/.test(target)) return []
        const missing = target.split(/[.#]/).find((part) => part !== '' && !names.has(part))
        return missing === undefined
          ? []
          : `${placeOf(path, text, start + index + 2)} A link to ${target}, which is not here.`
      },
    ),
  )
}

/** @param {Parsed} file */
function oldWords({ path, text, types }) {
  const inText = text
    .split('\n')
    .flatMap((line, index) => betterWords(line, WORDS).map((words) => `${path}:${index + 1} ${words}`))
  const inTypes = types.flatMap(({ name, at }) =>
    betterWords(name, TYPE_WORDS).map((words) => `${placeOf(path, text, at)} ${words}`),
  )
  const inPath = /-words(\.test)?\.\w+$/.test(path)
    ? [`${path}:1 Call the file describe-*, not *-words.`]
    : []
  return [...inPath, ...inText, ...inTypes]
}

/** @param {string} text @param {readonly (readonly [RegExp, string])[]} words */
const betterWords = (text, words) =>
  words.flatMap(([old, better]) => {
    const found = old.exec(text)?.[0]
    return found === undefined ? [] : `Not "${found}" but ${better}.`
  })

/**
 * Type names that two files of one process declare. Tests are not part of a process, and any component may
 * have its own `Props` as long as it is not exported: that is customary in React, and no other file can see
 * it.
 * @param {readonly Parsed[]} files
 */
function typesDeclaredTwice(files) {
  const complaints = new Set()
  for (const folders of Object.values(PROCESSES)) {
    const first = new Map()
    for (const { path, text, types } of files) {
      const folder = /^src\/([^/]+)\//.exec(path)?.[1]
      if (!folders.includes(String(folder)) || /\.test\.tsx?$/.test(path)) continue
      for (const { name, at, isExported } of types) {
        if (name === 'Props' && path.endsWith('.tsx') && !isExported) continue
        const other = first.get(name)
        if (other === undefined) first.set(name, path)
        else if (other !== path)
          complaints.add(`${placeOf(path, text, at)} ${name} is declared in ${other} too.`)
      }
    }
  }
  return [...complaints]
}

/** @param {string} path @param {string} text @param {number} at */
const placeOf = (path, text, at) => `${path}:${text.slice(0, at).split('\n').length}`

/** All source files of the project, by their path from the root. */
function sources() {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
  return new Map(
    paths
      .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
      .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(ROOT, path), 'utf8')]),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const complaints = complaintsOf(sources())
  for (const complaint of complaints) console.log(complaint)
  if (complaints.length > 0) process.exitCode = 1
}
