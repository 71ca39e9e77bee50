import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** The rules of WCAG 2.2 AA that a machine can check, and axe's own good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Axe finds nothing wrong with the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolations(axeFor(page).withTags(RULES))
}

/** Every text stands out enough from what is behind it: all that a palette can spoil, and quicker to find. */
export async function expectLegible(page: Page): Promise<void> {
  await expectNoViolations(axeFor(page).withRules('color-contrast'))
}

/** Electron has no way to open the blank page that axe's newer mode works in. */
const axeFor = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode()

async function expectNoViolations(axe: AxeBuilder): Promise<void> {
  const { violations, passes } = await axe.analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([])
  expect(passes.length).toBeGreaterThan(0)
}
