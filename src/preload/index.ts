import { contextBridge, ipcRenderer } from 'electron'
import { contract } from '#shared/ipc/contract'
import { createApi, type Carrier } from '#shared/rpc/create-api'

/** Carries the contract over Electron's IPC. */
const electronCarrier: Carrier = {
  invoke: (path, input) => ipcRenderer.invoke('signal:call', path, input),
  listen: (path, listener) => {
    const channel = `signal:event:${path}`
    const hear = (_event: unknown, payload: unknown) => listener(payload)
    ipcRenderer.on(channel, hear)
    return () => void ipcRenderer.removeListener(channel, hear)
  },
}

contextBridge.exposeInMainWorld('signal', createApi(contract, electronCarrier))
