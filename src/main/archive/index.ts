export { Archive } from './archive.ts'
