import { asRoot, copyOf, folderOf } from '../support/installed/debian.ts'
import { expect, test } from '../support/installed/test.ts'

/** A desktop's session with an open keyring. */
const WITH_KEYRING = [
  'dbus-run-session',
  '--',
  'sh',
  '-c',
  'printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null; exec "$@"',
  'sh',
]

test('on a desktop with a keyring, keys would be encrypted', async ({
  installed: { debian: fresh },
  start,
}) => {
  const debian = copyOf(fresh, 'keyring')
  asRoot(debian, 'apt-get', 'install', '-y', '--no-install-recommends', 'gnome-keyring', 'dbus-x11')
  const app = await start({
    debian,
    user: 'eve',
    home: folderOf(debian, 'eve', '/home/eve/keyring'),
    env: { XDG_CURRENT_DESKTOP: 'GNOME' },
    command: [...WITH_KEYRING, 'signal-trading'],
  })
  await app.gridMoves()
  expect(app.logged('Signal starts')).toMatchObject([{ keyring: true }])
  await app.press('ctrl+q')
  expect(await app.ended).toEqual({ code: 0, signal: null })
})
