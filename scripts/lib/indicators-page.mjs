import * as z from 'zod'

/** @typedef {import('../../src/analysis/index.ts').IndicatorDescriptor} IndicatorDescriptor what the page is made from */

/** How many bars a session has is not known beforehand. */
const BY_SESSION = 'depends on the session'

/**
 * docs/indicators.md: what each indicator is, from its descriptor.
 * @param {readonly IndicatorDescriptor[]} indicators
 */
export const indicatorsPage = (indicators) =>
  [
    '# Indicators',
    '',
    'Written by `npm run indicators` from the descriptors in `src/analysis/indicators/`: charts, alerts, strategies and this page use the same ones. x is the price chosen as',
    'source, n the length; a small number counts bars back, so that x₋₁ is the bar before.',
    '',
    ...indicators.flatMap(sectionOf),
  ].join('\n')

/** @param {IndicatorDescriptor} indicator */
function sectionOf(indicator) {
  const { name, shortName, formula, convention, source, outputs } = indicator
  return [
    `## ${name} (${shortName})`,
    '',
    '```',
    formula,
    '```',
    '',
    `${convention} Source: ${source}.`,
    '',
    `- **Lines** (${indicator.pane === 'price' ? 'over the price' : 'in a pane below'}): ${outputs.map(({ name: line, unit }) => `${line} (${unit})`).join(', ')}.`,
    `- **Parameters**: ${parametersOf(indicator).join('; ') || 'none'}.`,
    `- **Bars needed** with these: ${indicator.barsNeeded(indicator.parameters.parse({})) ?? BY_SESSION}.`,
    '',
  ]
}

/**
 * Each parameter with its default and its limits.
 * @param {IndicatorDescriptor} indicator
 */
function parametersOf({ parameters }) {
  const { properties = {} } = z.toJSONSchema(parameters, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => {
    if (typeof schema === 'boolean') throw new Error(`the parameter ${name} takes anything`)
    const { default: usual, enum: values, minimum, maximum } = schema
    const limits = values ? values.join(', ') : `${minimum} to ${maximum}`
    return `\`${name}\` ${String(usual)} (${limits})`
  })
}
