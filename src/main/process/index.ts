export { closeInherited } from './inherited.ts'
export { supervise, type Child, type Fork } from './supervisor.ts'
