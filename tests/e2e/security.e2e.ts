import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { contract } from '../../src/shared/ipc/contract.ts'
import { signalIn } from '../support/market-page.ts'
import { expect, test } from '../support/signal-app.ts'

test('a window opens no other window and navigates nowhere else', async ({
  shared: { electron, dataDir },
}) => {
  // In its own window: Playwright would wait for the navigations of a page that it drives to finish.
  const windows = electron.windows().length
  const address = await electron.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
    await window.loadURL('signal://app/')
    await window.webContents.executeJavaScript(`
      window.open('https://opened.example/')
      location.href = 'https://gone.example/'`)
    return window.webContents.getURL()
  })
  const log = () => readFileSync(join(dataDir, 'logs', 'signal.log'), 'utf8')
  await expect.poll(log).toMatch(/opened\.example.*New window refused/)
  await expect.poll(log).toMatch(/gone\.example.*Navigation refused/)
  const after = await electron.evaluate(async ({ BrowserWindow }) => {
    const [opened] = BrowserWindow.getAllWindows().filter((window) => !window.isVisible())
    const stops = new Promise<void>((resolve) =>
      opened?.webContents.once('did-stop-loading', () => resolve()),
    )
    if (opened?.webContents.isLoading()) await stops
    const url = opened?.webContents.getURL()
    opened?.destroy()
    return { url, windows: BrowserWindow.getAllWindows().length }
  })
  expect(after).toEqual({ url: address, windows })
})

test('the page has no Node, and only the contract of Electron', async ({ shared: { page } }) => {
  expect(await page.evaluate(`[typeof require, typeof process, typeof module, typeof Buffer]`)).toEqual(
    Array(4).fill('undefined'),
  )
  expect(await page.evaluate(`Object.keys(signal)`)).toEqual(Object.keys(contract))
})

test('the content policy refuses inline script, eval, and every other server', async ({
  shared: { page, market },
}) => {
  const broken = (attempt: string) =>
    page.evaluate<string>(`new Promise((resolve) => {
      addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true })
      ;(() => { ${attempt} })()
    })`)
  expect(
    await broken(`
      const script = document.createElement('script')
      script.textContent = 'globalThis.broken = true'
      document.head.append(script)
      script.remove()`),
  ).toMatch(/^script-src/)
  expect(await page.evaluate(`typeof broken`)).toBe('undefined')
  expect(await broken(`setTimeout('globalThis.broken = true')`)).toMatch(/^script-src/)
  expect(await broken(`void fetch('${market.urls.baseUrl}/by-the-page').catch(() => {})`)).toBe('connect-src')
  expect(await broken(`new Image().src = 'http://127.0.0.1:9/pixel.png'`)).toBe('img-src')
  expect(market.sent().rest.byPath).not.toHaveProperty('/by-the-page')
})

test('the page cannot reach another machine by WebRTC either', async ({ shared: { page } }) => {
  const reached: string[] = []
  const udp = createSocket('udp4', () => reached.push('udp')).bind(0, '127.0.0.1')
  const tcp = createServer((socket) => {
    reached.push('tcp')
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await Promise.all([once(udp, 'listening'), once(tcp, 'listening')])
  const { port } = tcp.address() as { port: number }
  try {
    await page.evaluate(`(async () => {
      try {
        const connection = new RTCPeerConnection({
          iceServers: [
            { urls: 'stun:127.0.0.1:${udp.address().port}' },
            { urls: 'turn:127.0.0.1:${port}?transport=tcp', username: 'secret', credential: 'x' },
          ],
        })
        connection.createDataChannel('out')
        const gathered = new Promise((resolve) => {
          connection.onicegatheringstatechange = () =>
            connection.iceGatheringState === 'complete' && resolve(undefined)
        })
        await connection.setLocalDescription(await connection.createOffer())
        await gathered
      } catch (cause) {
        if (cause.name !== 'NotAllowedError') throw cause // blocked by the content policy, in a newer Chromium
      }
    })()`)
    expect(reached).toEqual([])
  } finally {
    udp.close()
    tcp.close()
  }
})

test('no name is looked up for a page: the content policy lets a link ask for that, and a name can carry anything', async ({
  shared: { electron },
}) => {
  const resolving = electron.evaluate(async ({ session }) => {
    const found = await session.defaultSession.resolveHost('localhost')
    return found.endpoints.length
  })
  await expect(resolving).rejects.toThrow('ERR_NAME_NOT_RESOLVED')
})

test('no permission is granted to the page', async ({ shared: { page } }) => {
  const states = await page.evaluate<string[]>(`Promise.all(
    ['geolocation', 'notifications', 'camera', 'microphone'].map(
      async (name) => (await navigator.permissions.query({ name })).state))`)
  expect(states).toEqual(Array(4).fill('denied'))
})

test('a call with malformed input is refused and changes nothing', async ({ shared: { page } }) => {
  const api = await signalIn(page)
  const before = await api.evaluate((signal) => signal.settings.read())
  const answers = await api.evaluate(async (signal) => {
    const loose = signal.settings as unknown as Record<string, (input?: unknown) => Promise<unknown>>
    return Promise.all([
      loose['save']?.({ throttleMs: 'fast' }),
      loose['save']?.({ symbols: ['AAPL', 'AAPL'] }),
      loose['save']?.(undefined),
      loose['saveCredentials']?.({ account: 'paper' }),
      loose['forgetCredentials']?.('somebody else'),
    ])
  })
  for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid-input' } })
  expect(await api.evaluate((signal) => signal.settings.read())).toEqual(before)
})

test('a call to a name that does not exist is refused, and so is one from a page that is not ours', async ({
  shared: { electron },
}) => {
  expect(await callFrom(electron, 'signal://app/', 'settings.everything')).toMatchObject({
    ok: false,
    error: { kind: 'invalid-input', detail: 'no such call' },
  })
  expect(await callFrom(electron, 'signal://app/', 'app.info')).toMatchObject({ ok: true })
  expect(await callFrom(electron, 'data:text/html,foreign', 'app.info')).toMatch(/refused/)
})

test('files beside the renderer are not served', async ({ shared: { page } }) => {
  for (const path of ['../main/index.cjs', '..%2fmain%2findex.cjs', '%2e%2e/main/index.cjs', 'nothing.js']) {
    expect(
      await page.evaluate<number>(`fetch('signal://app/${path}').then(({ status }) => status)`),
      path,
    ).toBe(404)
  }
})

test('what is not there is answered under the same policy as what is', async ({ shared: { page } }) => {
  const headersOf = (path: string) =>
    page.evaluate<Record<string, string>>(`fetch('signal://app/${path}').then(({ headers }) =>
      Object.fromEntries(['content-security-policy', 'x-content-type-options'].map(
        (name) => [name, headers.get(name)])))`)
  const served = await headersOf('index.html')
  expect(served['content-security-policy']).toContain("default-src 'none'")
  expect(served['x-content-type-options']).toBe('nosniff')
  expect(await headersOf('nothing.js')).toEqual(served)
  expect(await headersOf('..%2fmain%2findex.cjs')).toEqual(served)
})

test('a page that leaves for about:blank is brought back', async ({ shared: { electron, dataDir } }) => {
  const after = await electron.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } })
    try {
      await window.loadURL('signal://app/')
      const addresses: string[] = []
      const back = new Promise<void>((resolve) => {
        window.webContents.on('did-navigate', (_event, url) => {
          addresses.push(url)
          if (addresses.length === 2) resolve()
        })
      })
      await window.webContents.executeJavaScript(`location.href = 'about:blank'; undefined`)
      await back
      return addresses
    } finally {
      window.destroy()
    }
  })
  expect(after).toEqual(['about:blank', 'signal://app/'])
  const log = readFileSync(join(dataDir, 'logs', 'signal.log'), 'utf8')
  expect(log).toMatch(/about:blank.*Navigation refused/)
})

test('prices are pushed to our own pages only', async ({ shared: { electron } }) => {
  const received = await electron.evaluate(async ({ BrowserWindow }) => {
    // Windows with Electron's raw IPC, as an attacker would want; one has got past the guard of navigation.
    const webPreferences = { nodeIntegration: true, contextIsolation: false, sandbox: false }
    const windows = [1, 2].map(() => new BrowserWindow({ show: false, webPreferences }))
    const [ours, foreign] = windows.map(({ webContents }) => webContents)
    try {
      foreign?.removeAllListeners('did-navigate')
      await ours?.loadURL('signal://app/')
      await foreign?.loadURL('data:text/html,foreign')
      const listen = `
        globalThis.received = 0
        globalThis.third = new Promise((resolve) => {
          require('electron').ipcRenderer.on('signal:event:market.changes', () => {
            globalThis.received += 1
            if (globalThis.received === 3) resolve(undefined)
          })
        })
        undefined`
      for (const contents of [ours, foreign]) await contents?.executeJavaScript(listen)
      await ours?.executeJavaScript('third')
      const count: unknown = await foreign?.executeJavaScript('received')
      return count
    } finally {
      for (const window of windows) window.destroy()
    }
  })
  expect(received).toBe(0)
})

/** Calls main from a page that was given Electron's raw IPC, as an attacker would want. */
async function callFrom(electron: ElectronApplication, address: string, path: string): Promise<unknown> {
  return electron.evaluate(
    async ({ BrowserWindow }, [url, name]) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { nodeIntegration: true, contextIsolation: false, sandbox: false },
      })
      try {
        window.webContents.removeAllListeners('did-navigate') // as if it had got past that guard
        await window.loadURL(url)
        const answer: unknown = await window.webContents.executeJavaScript(
          `require('electron').ipcRenderer.invoke('signal:call', ${JSON.stringify(name)}).catch(String)`,
        )
        return answer
      } finally {
        window.destroy()
      }
    },
    [address, path] as const,
  )
}

test('the running app names what makes it unsafe for real money: here, the debugger that drives it', async ({
  shared: { page },
}) => {
  const api = await signalIn(page)
  const info = await api.evaluate((signal) => signal.app.info())
  const codes = info.ok ? info.value.concerns.map(({ code }) => code) : []
  expect(codes).toContain('debugging')
  expect(codes.includes('no-sandbox')).toBe(process.getuid?.() === 0)
})
