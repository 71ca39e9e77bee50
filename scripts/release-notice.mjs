/**
 * `npm run release-notice`: signs the notice of a new version, which installed Signals ask for
 * (docs/decisions/update-notice.md).
 */
import { readFileSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { readOptions } from '../src/cli/arguments.ts'
import { EXIT, UsageError } from '../src/cli/usage-error.ts'
import { noticeSchema } from '../src/main/updates/signed-notice.ts'
import { say } from './lib/run.mjs'
import { signNotice } from './lib/sign-notice.mjs'
import { readReleaseKey } from './package/release-key.mjs'

const USAGE = `Signs the notice that tells installed Signals of a new version. Publish it at the address they were packaged with.

Usage: npm run release-notice -- --key FILE --version X.Y.Z --page URL --notes FILE --out FILE [--help]

  --key FILE       the private release key, in PEM (docs/releasing.md)
  --version X.Y.Z  the new version
  --page URL       its download page, https
  --notes FILE     what is new, a sentence a line, at most 12 of 200 characters; a "- " before it is dropped
  --out FILE       where the notice is written

Exit codes: 0 done, 1 a file could not be used or written, 2 usage error.`

/** @param {readonly string[]} args */
function run(args) {
  const { help, ...given } = readOptions(args, {
    key: { type: 'string' },
    version: { type: 'string' },
    page: { type: 'string' },
    notes: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  })
  if (help) return console.log(USAGE)
  const { key, version, page, notes, out } = given
  if (!key || !version || !page || !notes || !out)
    throw new UsageError('--key, --version, --page, --notes and --out are needed; see --help')
  const { privateKey } = readReleaseKey(key)
  if (!privateKey) throw new UsageError(`--key ${key} is the public half, which cannot sign`)
  const sentences = readFileSync(notes, 'utf8').split('\n')
  const notice = {
    version,
    releasedAt: new Date().toISOString(),
    notes: sentences.map((line) => line.replace(/^- /, '').trim()).filter(Boolean),
    page,
  }
  const { error } = noticeSchema.safeParse(notice)
  if (error) throw new UsageError(`Signal would refuse this notice:\n${z.prettifyError(error)}`)
  writeFileSync(out, `${JSON.stringify(signNotice(notice, privateKey), undefined, 2)}\n`)
  console.log(`The notice of Signal ${version} is in ${out}`)
}

try {
  run(process.argv.slice(2))
} catch (cause) {
  say(cause instanceof Error ? cause.message : String(cause))
  process.exitCode = cause instanceof UsageError ? EXIT.usage : EXIT.failed
}
