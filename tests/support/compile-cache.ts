import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The environment with Node's compile cache: a process of our sources starts in a third of the time. */
export const withCompileCache = (): NodeJS.ProcessEnv => ({
  ...process.env,
  NODE_COMPILE_CACHE: join(tmpdir(), 'signal-tests-compile-cache'),
})
