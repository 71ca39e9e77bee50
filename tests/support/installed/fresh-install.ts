import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../../../scripts/lib/build.mjs'
import {
  debianRootPath,
  endProcessesOf,
  ensureDebianRoot,
  removeAbandoned,
} from '../../../scripts/lib/debian-root.mjs'
import { output, say } from '../../../scripts/lib/run.mjs'
import { installPackages, onPath } from '../../../scripts/lib/system.mjs'
import { addUser, asRoot, install, USERS, type Debian } from './debian.ts'

/** Signal as a trader has it. */
export interface Installed {
  /** It is installed in it. Nobody changes that; who has to copies it. */
  readonly debian: Debian
  /** The .deb from which it was installed. */
  readonly packageFile: string
}

/** Programs that look at the app from outside, and the Debian packages that bring them. */
const TOOLS = {
  Xvfb: 'xvfb',
  xdotool: 'xdotool',
  xprop: 'x11-utils',
  'desktop-file-validate': 'desktop-file-utils',
}

/** Packages Signal and installs it in a Debian of this run's own. All of it is gone after `remove`, or when this process ends. */
export function freshInstall(): Installed & { readonly remove: () => Promise<void> } {
  const runs = debianRootPath('debian-12-runs')
  removeAbandoned(runs)
  const work = join(runs, String(process.pid))
  const clean = () => {
    endProcessesOf(work)
    rmSync(work, { recursive: true, force: true })
  }
  const interrupted = () => process.exit(1)
  process.on('exit', clean).on('SIGINT', interrupted).on('SIGTERM', interrupted)
  mkdirSync(work, { recursive: true })
  return {
    ...prepare(work),
    async remove() {
      await rm(work, { recursive: true, force: true }) // others' timers run meanwhile
      process.off('exit', clean).off('SIGINT', interrupted).off('SIGTERM', interrupted)
    },
  }
}

function prepare(work: string): Installed {
  const tools = Object.entries(TOOLS).filter(([program]) => !onPath(program))
  if (tools.length > 0)
    installPackages(
      tools.map(([, name]) => name),
      'Tests of the installed app need them',
    )
  const packages = join(work, 'packages')
  timed('Packaging', () =>
    output(process.execPath, ['scripts/package.mjs', '--out', packages], { cwd: ROOT }),
  )
  const name = readdirSync(packages).find((each) => each.endsWith('.deb'))
  if (name === undefined) throw new Error(`There is no .deb among ${readdirSync(packages).join(', ')}`)
  const packageFile = join(packages, name)
  const debian = { folder: join(work, 'debian') }
  timed('A fresh Debian 12', () => {
    const base = ensureDebianRoot(debianRootPath('debian-12'), {
      suite: 'bookworm',
      what: 'Debian 12 for the tests of the installed app (once, about half a minute and 210 MB)',
    })
    output('cp', ['-a', '--reflink=auto', base, debian.folder])
    // Nobody needs this system after a power failure.
    writeFileSync(join(debian.folder, 'etc/dpkg/dpkg.cfg.d/for-tests'), 'force-unsafe-io\n')
    asRoot(debian, 'apt-get', 'update')
    for (const user of USERS) addUser(debian, user)
  })
  timed('apt-get install', () => install(debian, packageFile))
  return { debian, packageFile }
}

function timed(what: string, run: () => unknown): void {
  const began = performance.now()
  run()
  say(`${what} took ${((performance.now() - began) / 1_000).toFixed(1)} s.`)
}
