/**
 * The switches that take Chromium's sandbox away, or its filter of system calls. They work before any code of ours runs, so
 * that they can only be told (running-runtime.ts).
 */
export const UNSANDBOXING = ['no-sandbox', 'disable-seccomp-filter-sandbox']

/** The switches that a packaged Signal follows: how windows are drawn, in which language, and which keyring is used. */
const FOLLOWED: ReadonlySet<string> = new Set([
  ...UNSANDBOXING,
  'disable-dev-shm-usage',
  'disable-gpu',
  'disable-smooth-scrolling',
  'display',
  'enable-wayland-ime',
  'force-device-scale-factor',
  'force-renderer-accessibility',
  'gtk-version',
  'lang',
  'ozone-platform',
  'ozone-platform-hint',
  'password-store',
])

/**
 * The names of the switches in a program's arguments that Signal does not follow. Chromium reads `-name` like `--name`, and
 * `/name` too on Windows, in any case of its letters; what comes after `--` is no switch. Source: Chromium, base/command_line.cc.
 */
export function unknownSwitches(args: readonly string[], platform: NodeJS.Platform): readonly string[] {
  const prefix = platform === 'win32' ? /^(?:--?|\/)(?=[^-/])/ : /^--?(?=[^-])/
  const end = args.indexOf('--')
  const names = (end === -1 ? args : args.slice(0, end)).flatMap((text) => {
    if (!prefix.test(text)) return []
    const [name = ''] = text.replace(prefix, '').split('=')
    return [platform === 'win32' ? name.toLowerCase() : name]
  })
  return [...new Set(names)].filter((name) => !FOLLOWED.has(name))
}
