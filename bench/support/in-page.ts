import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** Runs a file's only function in the page; another TypeScript project checks that file. */
export function inPage<T>(page: Page, file: string, argument: number | string): Promise<T> {
  const source = readFileSync(new URL(`../in-page/${file}`, import.meta.url), 'utf8')
  const call = source.slice(source.indexOf('export') + 'export'.length)
  return page.evaluate<T>(`(${call})(${JSON.stringify(argument)})`)
}
