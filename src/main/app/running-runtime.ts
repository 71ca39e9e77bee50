import { url } from 'node:inspector'
import { app } from 'electron'
import type { RuntimeConcern } from '#shared/runtime-concern'
import type { EpochMs } from '#shared/units'
import { systemEnvironment } from '../settings/index.ts'
import { runtimeConcerns } from './runtime-concerns.ts'
import { UNSANDBOXING } from './unknown-switches.ts'

const DEBUGGING_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'inspect-port',
]

/** What makes the running Signal unsafe for real money, as of now: a debugger may be opened later. */
export const currentConcerns = (now: EpochMs): readonly RuntimeConcern[] =>
  runtimeConcerns({
    electron: process.versions.electron,
    isRoot: process.getuid?.() === 0,
    isUnsandboxed: UNSANDBOXING.some((name) => app.commandLine.hasSwitch(name)),
    isDebuggable: url() !== undefined || DEBUGGING_SWITCHES.some((name) => app.commandLine.hasSwitch(name)),
    // A fuse of the package makes Electron ignore the variable.
    hasNodeOptions: !app.isPackaged && Boolean(systemEnvironment['NODE_OPTIONS']),
    now,
  })
