import * as z from 'zod'
import type { Log } from '#process/log'
import { putAside, readJsonFile, writeJsonFile } from './json-file.ts'

const fileSchema = z.object({ hosts: z.array(z.string().max(300)).max(100) })

/** The hosts other than Alpaca's own to which the user agreed to send saved paper keys. */
export interface ConfirmedHosts {
  has(host: string): boolean
  /** Throws the file system's error. */
  add(hosts: readonly string[]): void
  readonly warnings: readonly string[]
}

/** Opens the file of confirmed hosts. One that can't be read is backed up, and nothing is confirmed. */
export function openConfirmedHosts(file: string, log: Log, now: () => Date): ConfirmedHosts {
  const warnings: string[] = []
  const stored = readJsonFile(file)
  const parsed = stored.kind === 'json' ? fileSchema.safeParse(stored.value) : undefined
  if (stored.kind === 'unreadable' || parsed?.success === false) {
    const backup = putAside(file, now())
    warnings.push(
      `The confirmed hosts couldn't be read${backup ? ` and were backed up as ${backup}` : ''}. Confirm them again in Settings.`,
    )
    log.warn({ file, backup }, 'Confirmed hosts unreadable')
  }
  const hosts = new Set(parsed?.data?.hosts)
  return {
    warnings,
    has: (host) => hosts.has(host),
    add(more) {
      const next = [...new Set([...hosts, ...more])]
      writeJsonFile(file, { hosts: next })
      for (const host of next) hosts.add(host)
    },
  }
}
