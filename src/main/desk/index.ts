export { Desks } from './desks.ts'
