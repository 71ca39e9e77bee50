import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import manifest from '../package.json' with { type: 'json' }
import { ROOT } from './lib/build.mjs'

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}
interface Job {
  readonly environment?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}
type JobName = 'test' | 'package' | 'publish'

const text = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')
const workflow = parse(text) as {
  on: unknown
  permissions: unknown
  jobs: Readonly<Record<JobName, Job>>
}
const { jobs } = workflow
const steps = Object.values(jobs).flatMap((job) => job.steps)
const commands = steps.flatMap(({ run }) => run ?? []).join('\n')

describe('the workflow that makes a release', () => {
  test('starts for the tag of a version and for nothing else, so that no foreign change meets a key', () => {
    expect(workflow.on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } })
  })

  test('may read the repository; the last job alone may write, and that alone', () => {
    expect(workflow.permissions).toEqual({})
    expect(jobs.test.permissions).toEqual({ contents: 'read' })
    expect(jobs.package.permissions).toEqual({ contents: 'read' })
    expect(jobs.publish.permissions).toEqual({ contents: 'write' })
  })

  test('takes actions of the CI service itself alone, each by the hash of a commit', () => {
    const used = steps.flatMap(({ uses }) => uses ?? [])
    expect(used.length).toBeGreaterThan(4)
    expect(used.filter((action) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([])
    expect(text.match(/uses: \S+ # v\d+\.\d+\.\d+\n/g)).toHaveLength(used.length)
  })

  test('calls scripts that are there', () => {
    const called = [...commands.matchAll(/\bnpm (?:run )?([\w:-]+)/g)].map(([, name = '']) => name)
    expect(called).toEqual(expect.arrayContaining(['ci', 'test', 'package']))
    expect(called.filter((name) => name !== 'ci' && !(name in manifest.scripts))).toEqual([])
    const files = [...commands.matchAll(/\bnode (scripts\/\S+)/g)].map(([, file = '']) => file)
    expect(files).toContain('scripts/package/checksums.mjs')
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
  })

  test('tests before it packages, and packages before it publishes', () => {
    expect(jobs).toMatchObject({ package: { needs: 'test' }, publish: { needs: 'package' } })
    expect(jobs.test.steps.map(({ run }) => run)).toContain('npm test')
  })
})

describe('its keys', () => {
  const secretsOf = (job: JobName) =>
    [...JSON.stringify(jobs[job]).matchAll(/\bsecrets\.(\w+)/g)].map(([, name]) => name)

  test('the tests, which run the code of many packages, are given none', () => {
    expect(secretsOf('test')).toEqual([])
    expect(jobs.package.environment).toBe('release')
    expect(jobs.publish.environment).toBe('release')
  })

  test('the key of releases is only where no package was installed', () => {
    expect(secretsOf('package')).not.toContain('SIGNAL_RELEASE_KEY')
    expect(secretsOf('publish')).toEqual(['SIGNAL_RELEASE_KEY'])
    expect(JSON.stringify(jobs.publish)).not.toMatch(/\bnp[mx] /)
  })

  test('the keys of a system are given to the packages of that system alone', () => {
    const { env = {} } = jobs.package.steps.find(({ name }) => name === 'Package') ?? {}
    const others = Object.entries(env).filter(
      ([name, value]) =>
        value.includes('secrets.') &&
        !value.includes(
          `runner.os == '${/^(WIN|AZURE)_/.test(name) ? 'Windows' : 'macOS'}' && secrets.${name} ||`,
        ),
    )
    expect(others).toEqual([])
  })

  test('an empty key is not there for the packer, which would take it for a broken one', () => {
    const { env } = packageStep({ CSC_LINK: '', CSC_KEY_PASSWORD: '', WIN_CSC_LINK: 'a certificate' })
    expect(env).not.toHaveProperty('CSC_LINK')
    expect(env).not.toHaveProperty('CSC_KEY_PASSWORD')
    expect(env).toHaveProperty('WIN_CSC_LINK', 'a certificate')
  })

  test('packages are given the public key, and the address of the notices that it signs', () => {
    const { args } = packageStep({ PUBLIC_KEY: 'a key', NOTICE_URL: 'https://example.com/signal.json' })
    const options = [
      '--release-key',
      '../signal-release.pub',
      '--notice-url',
      'https://example.com/signal.json',
    ]
    expect(args).toEqual(['run', 'package', '--', '--out', 'release', ...options])
  })

  test('the packer knows every option that it is given', () => {
    const help = spawnSync(process.execPath, ['scripts/package.mjs', '--help'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    const env = { PUBLIC_KEY: 'a key', NOTICE_URL: 'https://example.com/signal.json', RUNNER_OS: 'Linux' }
    const options = packageStep(env).args.filter((argument) => /^--\w/.test(argument))
    expect(options).toHaveLength(4)
    expect(options.filter((option) => !help.stdout.includes(`\n  ${option} `))).toEqual([])
  })

  test('Linux gets an AppImage too, whose tools can be downloaded there', () => {
    expect(packageStep({ RUNNER_OS: 'Linux' }).args).toContain('--appimage')
    expect(packageStep({ RUNNER_OS: 'macOS' }).args).not.toContain('--appimage')
  })

  test('packages without a public key are made, and the summary says what they cannot do', () => {
    const { args, summary } = packageStep({ PUBLIC_KEY: '', NOTICE_URL: 'https://example.com/signal.json' })
    expect(args).toEqual(['run', 'package', '--', '--out', 'release'])
    expect(summary).toContain('these packages cannot tell of newer versions')
  })
})

describe('its last step before the draft', () => {
  const signed = (ours = releaseKey(), known = ours) => ({
    RELEASE_KEY: ours.privateKey,
    PUBLIC_KEY: known.publicKey,
  })

  test('sums and signs what came from all systems, and leaves no private key behind', () => {
    const { status, folder, temporary, summary } = signStep(signed())
    expect(status).toBe(0)
    const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
    expect(sums).toMatch(/^[0-9a-f]{64} {2}signal\.deb\n[0-9a-f]{64} {2}signal\.dmg\n$/)
    expect(readFileSync(join(folder, 'SHA256SUMS.sig'))).toHaveLength(64)
    expect(existsSync(join(temporary, 'release-key.pem'))).toBe(false)
    expect(summary).toBe(`\`\`\`\n${sums}\`\`\`\n`) // for who signs by hand
  })

  test('fails if the key is not the one that the packages know', () => {
    expect(signStep(signed(releaseKey(), releaseKey())).status).toBe(1)
  })

  test('continues without a key, and the summary says that nothing is signed', () => {
    const { status, folder, summary } = signStep({ RELEASE_KEY: '', PUBLIC_KEY: '' })
    expect(status).toBe(0)
    expect(summary).toContain('**SHA256SUMS is not signed**')
    expect(existsSync(join(folder, 'SHA256SUMS.sig'))).toBe(false)
  })

  test('refuses a folder in the release, which could not be downloaded under its name in the list', () => {
    const { status, output } = signStep(signed(), ['source-maps'])
    expect(status).toBe(1)
    expect(output).toContain('A release has no folders')
  })
})

/** Runs a step as the CI service does, in a folder with our scripts. */
function runStep(job: JobName, name: string, env: Record<string, string>, prepare: (cwd: string) => void) {
  const home = mkdtempSync(join(tmpdir(), 'signal-workflow-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  const cwd = join(home, 'signal')
  const temporary = join(home, 'temporary')
  for (const folder of [cwd, temporary]) mkdirSync(folder)
  cpSync(join(ROOT, 'scripts'), join(cwd, 'scripts'), { recursive: true })
  prepare(cwd)
  const run = jobs[job].steps.find((step) => step.name === name)?.run ?? `exit 99 # no step ${name}`
  const summaryFile = join(home, 'summary.md')
  writeFileSync(summaryFile, '')
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run],
    {
      cwd,
      encoding: 'utf8',
      env: {
        PATH: [join(cwd, 'bin'), dirname(process.execPath), process.env['PATH']].join(':'),
        RUNNER_TEMP: temporary,
        GITHUB_STEP_SUMMARY: summaryFile,
        ...env,
      },
    },
  )
  return { status, output: stdout + stderr, cwd, temporary, summary: readFileSync(summaryFile, 'utf8') }
}

/** What npm is called with by the step that packages. */
function packageStep(env: Record<string, string>) {
  const ran = runStep('package', 'Package', { PUBLIC_KEY: '', NOTICE_URL: '', ...env }, (folder) => {
    mkdirSync(join(folder, 'bin'))
    writeFileSync(
      join(folder, 'bin', 'npm'),
      '#!/usr/bin/env node\nconsole.log(JSON.stringify({ args: process.argv.slice(2), env: process.env }))\n',
    )
    chmodSync(join(folder, 'bin', 'npm'), 0o755)
  })
  return { ...ran, ...(JSON.parse(ran.output) as { args: readonly string[]; env: Record<string, string> }) }
}

/** Two packages from two systems, summed and signed by the step that does it. */
function signStep(env: Record<string, string>, folders: readonly string[] = []) {
  const { cwd, ...ran } = runStep('publish', 'Sum and sign', env, (home) => {
    for (const folder of ['release', ...folders.map((name) => join('release', name))])
      mkdirSync(join(home, folder))
    for (const name of ['signal.deb', 'signal.dmg']) writeFileSync(join(home, 'release', name), name)
  })
  return { ...ran, folder: join(cwd, 'release') }
}

/** A new key as openssl makes it, in PEM. */
function releaseKey() {
  const openssl = (input: string, ...args: string[]) =>
    spawnSync('openssl', args, { encoding: 'utf8', input }).stdout.trim()
  const privateKey = openssl('', 'genpkey', '-algorithm', 'ed25519')
  return { privateKey, publicKey: openssl(privateKey, 'pkey', '-pubout') }
}
