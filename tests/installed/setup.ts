import type { TestProject } from 'vitest/node'
import { say } from '../../scripts/lib/run.mjs'
import { whyNoDebian } from '../support/installed/debian.ts'
import { freshInstall } from '../support/installed/fresh-install.ts'

/** Installs Signal once for all tests, and removes it after them. */
export function setup(project: TestProject): (() => Promise<void>) | undefined {
  const refusal = whyNoDebian()
  if (refusal !== undefined) {
    say(`The installed app is not tested: ${refusal}.`)
    project.provide('installed', undefined)
    return undefined
  }
  const { remove, ...installed } = freshInstall()
  project.provide('installed', installed)
  return remove
}
