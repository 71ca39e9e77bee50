import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from './log.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signal-log-'))
  file = join(folder, 'logs', 'signal.log')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a line is an object of facts and a sentence, from its level on', () => {
  const log = createLog(file, 'info')
  log.debug({ symbol: 'AAPL' }, 'not this one')
  log.info({ symbol: 'AAPL' }, 'A quote came')
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { level: 30, time: expect.any(String) as string, symbol: 'AAPL', msg: 'A quote came' },
  ])
})

test('a secret passed by mistake is not written', () => {
  const log = createLog(file, 'info')
  const keys = { apiKey: 'PKOPEN', apiSecret: 'sesame' }
  log.info(keys, 'as facts')
  log.info({ config: keys, request: { headers: { 'APCA-API-SECRET-KEY': 'sesame' } } }, 'within facts')
  const written = readFileSync(file, 'utf8')
  expect(written).toContain('within facts')
  expect(written).not.toMatch(/sesame|PKOPEN/)
})

test('a log that has grown past 20 MB is renamed at the next start, and one earlier log is kept', () => {
  mkdirSync(join(folder, 'logs'))
  writeFileSync(file, 'of old\n')
  createLog(file, 'info').info('appended')
  expect(readFileSync(file, 'utf8')).toMatch(/^of old\n/)
  truncateSync(file, 21 * 1024 * 1024)
  createLog(file, 'info').info('begun anew')
  expect(readFileSync(file, 'utf8')).toMatch(/^\{.*begun anew"\}\n$/)
  expect(existsSync(`${file}.old`)).toBe(true)
})

test('if no file can be written, the terminal says so and shows all later warnings and errors', () => {
  writeFileSync(join(folder, 'logs'), 'a file where the folder should be')
  // A separate process, because the log bypasses console and streams and writes to stderr's own file.
  const script = `
    import { createLog } from ${JSON.stringify(import.meta.resolve('./log.ts'))}
    const log = createLog(${JSON.stringify(file)}, 'info')
    log.info('not trouble')
    log.error({ symbol: 'AAPL' }, 'Trouble')`
  const child = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' })
  const lines = child.stderr.trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    {
      level: 50,
      file,
      msg: 'The log file cannot be written; logging to stderr only',
      err: { code: 'EEXIST' },
    },
    { level: 50, symbol: 'AAPL', msg: 'Trouble' },
  ])
  expect(child.status).toBe(0)
})
