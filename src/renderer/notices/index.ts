export { openAudio } from './audio.ts'
export { followNotices } from './follow-notices.ts'
