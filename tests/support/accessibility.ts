import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { signalIn } from './market-page.ts'

/** The rules of WCAG 2.2 AA that a machine can check, and axe's own best practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The rules that depend on colors. */
const RULES_OF_COLORS = ['color-contrast', 'link-in-text-block']

const THEMES = ['light', 'dark'] as const
const PALETTES = ['classic', 'color-blind', 'mono'] as const

/** Expects that axe finds nothing wrong with the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoViolations(axeFor(page).withTags(RULES))
}

/**
 * Expects that axe finds nothing wrong with the page in any theme and palette. They change only colors, so
 * all other rules are checked once.
 */
export async function expectAccessibleInEveryLook(page: Page): Promise<void> {
  for (const theme of THEMES) {
    for (const palette of PALETTES) {
      await test.step(`${theme}, ${palette}`, async () => {
        await show(page, { theme, palette })
        await expectNoViolations(axeFor(page).withRules(RULES_OF_COLORS))
      })
    }
  }
  await expectAccessible(page)
}

/** Expects the same in both themes, in the usual palette. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await show(page, { theme: 'dark', palette: 'classic' })
  await expectNoViolations(axeFor(page).withRules(RULES_OF_COLORS))
  await show(page, { theme: 'light', palette: 'classic' })
  await expectAccessible(page)
}

interface Look {
  readonly theme: (typeof THEMES)[number]
  readonly palette: (typeof PALETTES)[number]
}

async function show(page: Page, look: Look): Promise<void> {
  const api = await signalIn(page)
  const saved = await api.evaluate((signal, chosen) => signal.settings.save(chosen), look)
  expect(saved).toMatchObject({ ok: true })
  await expect(page.locator('html')).toHaveAttribute('data-theme', look.theme)
  await expect(page.locator('html')).toHaveAttribute('data-palette', look.palette)
}

/** Runs axe in legacy mode: Electron cannot open the blank page that its newer mode works in. */
const axeFor = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode()

async function expectNoViolations(axe: AxeBuilder): Promise<void> {
  const { violations, passes } = await axe.analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([])
  expect(passes.length).toBeGreaterThan(0)
}
