import type { RuntimeConcern } from '#shared/runtime-concern'
import { DAY_MS } from '#shared/time'
import type { EpochMs } from '#shared/units'

/** What is known about the running program. */
export interface RunningProgram {
  /** Such as `45.4.1`; undefined outside Electron. */
  readonly electron: string | undefined
  readonly isRoot: boolean
  /** Chromium runs the windows without its sandbox, or without a part of it. */
  readonly isUnsandboxed: boolean
  /** A debugger can attach to main or to a window. */
  readonly isDebuggable: boolean
  readonly hasNodeOptions: boolean
  readonly now: EpochMs
}

/**
 * The release from which the others' dates follow: a major comes every eight weeks, and the latest three get fixes.
 * Source: Electron, "Electron Releases".
 */
const KNOWN_MAJOR = { major: 40, releasedAt: Date.parse('2026-01-13T00:00:00Z') }
const WEEKS_BETWEEN = 8
const SUPPORTED_MAJORS = 3

/** Until when a major gets security fixes, by Electron's schedule. */
const supportedUntil = (major: number): EpochMs =>
  KNOWN_MAJOR.releasedAt + (major - KNOWN_MAJOR.major + SUPPORTED_MAJORS) * WEEKS_BETWEEN * 7 * DAY_MS

/** What makes this runtime unsafe for real money; nothing if it is as it should be. */
export function runtimeConcerns(facts: RunningProgram): readonly RuntimeConcern[] {
  const { electron, isRoot, isUnsandboxed, isDebuggable, hasNodeOptions, now } = facts
  const major = Number(electron?.split('.')[0])
  const isSupported = now < supportedUntil(major) // false for NaN
  return [
    ...(isSupported
      ? []
      : [
          {
            code: 'no-security-updates' as const,
            sentence: `Electron ${electron ?? '(unknown)'} no longer gets security fixes. Install a current Signal.`,
          },
        ]),
    ...(isUnsandboxed
      ? [
          {
            code: 'no-sandbox' as const,
            sentence: `Signal runs ${isRoot ? 'as root, ' : ''}without Chromium’s whole sandbox. Start it as an ordinary user, without --no-sandbox, --disable-seccomp-filter-sandbox and ELECTRON_DISABLE_SANDBOX.`,
          },
        ]
      : []),
    ...(isDebuggable
      ? [
          {
            code: 'debugging' as const,
            sentence:
              'A debugging port is open: any program on this computer can control Signal. Start it without --remote-debugging-port and --inspect.',
          },
        ]
      : []),
    ...(hasNodeOptions
      ? [
          {
            code: 'node-options' as const,
            sentence: 'NODE_OPTIONS is set, which can load other code into Signal. Remove it and restart.',
          },
        ]
      : []),
  ]
}
