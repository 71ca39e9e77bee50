import { settings as schema, type Settings } from '#shared/settings'
import { putAside, readJsonFile } from './json-file.ts'
import { isWatchlistKey, readStoredWatchlists } from './stored-watchlists.ts'

/** The contents of the settings file: only what the user ever set. */
export interface StoredSettings {
  readonly values: Partial<Settings>
  readonly warnings: readonly string[]
}

/**
 * Reads the settings file. If it is not a JSON object it is backed up and the defaults are used; an invalid
 * value is left out and named, and the others count.
 */
export function readSettingsFile(file: string, now: () => Date): StoredSettings {
  const stored = readJsonFile(file)
  if (stored.kind === 'absent') return { values: {}, warnings: [] }
  if (stored.kind === 'unreadable' || !isObject(stored.value)) {
    const aside = putAside(file, now())
    const reason = stored.kind === 'unreadable' ? stored.reason : 'it holds no settings'
    const whereabouts = aside ? `Backed up as ${aside}` : 'It couldn’t be backed up'
    return {
      values: {},
      warnings: [`The settings file couldn’t be read (${reason}). ${whereabouts}; using defaults.`],
    }
  }
  const lists = readStoredWatchlists(stored.value)
  const warnings = [...lists.warnings]
  const values: Partial<Settings> = { ...lists.values }
  for (const [key, shape] of Object.entries(schema.shape)) {
    if (!(key in stored.value) || isWatchlistKey(key)) continue
    const parsed = shape.safeParse(stored.value[key])
    if (parsed.success) Object.assign(values, { [key]: parsed.data })
    else
      warnings.push(
        `The setting "${key}" ${parsed.error.issues[0]?.message ?? 'is invalid'}; using its default.`,
      )
  }
  return { values, warnings }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
