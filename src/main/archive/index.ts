export { Archive } from './archive.ts'
export { auditHandlers, type AskStorage, type AuditStorage } from './audit.ts'
