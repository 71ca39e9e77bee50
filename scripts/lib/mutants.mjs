import { parseSync, Visitor } from 'vite'

/**
 * One small change to a source file: what stands from `start` to `end` becomes `replacement`.
 * @typedef {{ readonly file: string, readonly line: number, readonly start: number, readonly end: number,
 *   readonly replacement: string, readonly what: string }} Mutant
 */

const OPERATORS = new Map(
  Object.entries({
    '<': '<=',
    '<=': '<',
    '>': '>=',
    '>=': '>',
    '===': '!==',
    '!==': '===',
    '+': '-',
    '-': '+',
    '&&': '||',
    '||': '&&',
  }),
)
/** Methods of Decimal and Math that replace operators. */
const METHODS = new Map(
  Object.entries({
    lt: 'lte',
    lte: 'lt',
    gt: 'gte',
    gte: 'gt',
    plus: 'minus',
    minus: 'plus',
    min: 'max',
    max: 'min',
  }),
)
/** Calls of the log, which are left alone: their text is not promised to anyone. */
const IS_LOG = /^(this\.)?#?(\w+\.)*#?log\./

/**
 * All places in a TypeScript file where a mistake is likely, with the mistake.
 * @param {string} file @param {string} text @returns {readonly Mutant[]}
 */
export function mutantsOf(file, text) {
  /** @type {Mutant[]} */
  const found = []
  /** @param {number} start @param {number} end @param {string} replacement @param {string} what */
  const add = (start, end, replacement, what) =>
    void found.push({ file, line: text.slice(0, start).split('\n').length, start, end, replacement, what })
  /** @param {{ left: { end: number }, right: { start: number }, operator: string }} node */
  const swapOperator = ({ left, right, operator }) => {
    const other = OPERATORS.get(operator)
    const at = text.indexOf(operator, left.end)
    if (other !== undefined && at < right.start)
      add(at, at + operator.length, other, `${operator} becomes ${other}`)
  }
  let types = 0
  /** Whether each enclosing function returns a value. @type {boolean[]} */
  const givesValue = []
  const enterFunction = () => void givesValue.push(false)
  /** @param {{ body: { type: string, start: number, end: number } | null }} node */
  const leaveFunction = ({ body }) => {
    const isEmpty = body?.type !== 'BlockStatement' || !text.slice(body.start + 1, body.end - 1).trim()
    if (!givesValue.pop() && body && !isEmpty) add(body.start, body.start + 1, '{ return;', 'nothing is done')
  }

  new Visitor({
    BinaryExpression: swapOperator,
    LogicalExpression(node) {
      if (node.operator === '??') add(node.left.end, node.end, '', 'no value in place of a missing one')
      else swapOperator(node)
    },
    UnaryExpression({ operator, start }) {
      if (operator === '!') add(start, start + 1, '', 'no not')
    },
    TSLiteralType: () => void types++,
    'TSLiteralType:exit': () => void types--,
    Literal({ value, start, end }) {
      if (types > 0) return
      if (typeof value === 'boolean') add(start, end, String(!value), `${value} becomes ${!value}`)
      // For values of a thousand and over, adding one usually makes no real difference.
      const other = typeof value === 'number' ? (value < 1_000 ? value + 1 : value * 2) : undefined
      if (other !== undefined) add(start, end, String(other), `${text.slice(start, end)} becomes ${other}`)
    },
    MemberExpression({ property, computed }) {
      const other = property.type === 'Identifier' && !computed ? METHODS.get(property.name) : undefined
      if (other !== undefined)
        add(
          property.start,
          property.end,
          other,
          `${text.slice(property.start, property.end)} becomes ${other}`,
        )
    },
    ExpressionStatement({ expression, start, end }) {
      let call = expression
      while (call.type === 'AwaitExpression' || call.type === 'UnaryExpression') call = call.argument
      if (call.type === 'CallExpression' && !IS_LOG.test(text.slice(call.start, call.end)))
        add(start, end, ';', 'a call is left out')
    },
    IfStatement({ consequent, alternate, start, end }) {
      const leaves = /^(\{\s*)?(return|throw|continue)\b/.test(text.slice(consequent.start, consequent.end))
      if (leaves && alternate === null) add(start, end, ';', 'a case is left out')
    },
    ReturnStatement({ argument }) {
      if (argument !== null && givesValue.length > 0) givesValue[givesValue.length - 1] = true
    },
    FunctionDeclaration: enterFunction,
    FunctionExpression: enterFunction,
    ArrowFunctionExpression: enterFunction,
    'FunctionDeclaration:exit': leaveFunction,
    'FunctionExpression:exit': leaveFunction,
    'ArrowFunctionExpression:exit': leaveFunction,
  }).visit(parseSync(file, text).program)
  return found.sort((a, b) => a.start - b.start || a.end - b.end)
}

/** The file with the mutation in it. @param {string} text @param {Mutant} mutant */
export const withMutant = (text, { start, end, replacement }) =>
  text.slice(0, start) + replacement + text.slice(end)
