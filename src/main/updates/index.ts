/** Tells of newer versions, by the publisher's signed notice. Nothing is downloaded or installed. */
export { readReleaseSource, type ReleaseSource } from './release-source.ts'
export { Updates } from './updates.ts'
