import { readFileSync } from 'node:fs'
import { expect, type Page } from '@playwright/test'

const source = readFileSync(new URL('in-page/layout-faults.js', import.meta.url), 'utf8')
const call = `(${source.slice(source.indexOf('export') + 'export'.length)})()`

/** Expects that nothing is cut off, overlaps or reaches beyond the window, and that the page itself doesn't scroll. */
export const expectWellLaidOut = (page: Page): Promise<void> =>
  expect.poll(() => page.evaluate<readonly string[]>(call)).toEqual([])
