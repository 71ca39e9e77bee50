import { spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

/**
 * Beyond the first sixteen, which Node marks as not inheritable when it starts; Chromium's come after them.
 */
const UNASKED = 20

const CHILD = `
import { openSync, fstatSync } from 'node:fs'
const own = openSync(process.execPath, 'r')
const { closeInherited } = await import(${JSON.stringify(new URL('inherited.ts', import.meta.url).href)})
const isOpen = (descriptor) => { try { return fstatSync(descriptor) !== undefined } catch { return false } }
const before = isOpen(${UNASKED})
closeInherited()
process.send({ before, after: isOpen(${UNASKED}), own: isOpen(own) })
process.disconnect()
`

test.skipIf(process.platform !== 'linux')(
  'a forked process closes the sockets it inherited, and keeps its channel and its own files',
  async () => {
    const stdio: StdioOptions = ['ignore', 'ignore', 'inherit', 'ipc']
    while (stdio.length < UNASKED) stdio.push('ignore')
    const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD], { stdio: [...stdio, 'pipe'] })
    const [message] = await once(child, 'message')
    expect(message).toEqual({ before: true, after: false, own: true })
  },
)
