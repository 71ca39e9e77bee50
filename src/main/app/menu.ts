import { app, Menu, type MenuItemConstructorOptions } from 'electron'

/** Installs the standard menu, without the items that would reload or inspect a window in daily use. */
export function installMenu(): void {
  const mac = process.platform === 'darwin' ? [macMenu()] : []
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'resetZoom' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
    ],
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...mac,
      { role: 'fileMenu' },
      { role: 'editMenu' },
      view,
      { role: 'windowMenu' },
    ]),
  )
}

/** The app's own menu on macOS. Its roles would name the app by its id. */
const macMenu = (): MenuItemConstructorOptions => ({
  label: 'Signal',
  submenu: [
    { role: 'about', label: 'About Signal' },
    { type: 'separator' },
    { role: 'services' },
    { type: 'separator' },
    { role: 'hide', label: 'Hide Signal' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    { role: 'quit', label: 'Quit Signal' },
  ],
})
