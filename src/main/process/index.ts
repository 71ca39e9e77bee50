export { supervise, type Child, type Fork } from './supervisor.ts'
