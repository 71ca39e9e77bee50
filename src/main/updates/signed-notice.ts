import { verify, type KeyObject } from 'node:crypto'
import * as z from 'zod'
import { parseJson } from '#shared/parse-json'
import { err, ok, type Result } from '#shared/result'
import type { NoticeProblem } from '#shared/updates'
import { isHttps } from './address.ts'
import { versionText } from '#shared/version'

/** What could make a sentence look like another: control, line and direction characters, and halves of characters. */
const MISLEADING = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u

const sentence = z
  .string()
  .min(1, 'is empty')
  .max(200, 'is longer than 200 characters')
  .refine((text) => !MISLEADING.test(text), 'contains a control, line or direction character')

/** What a notice says. Fields that a later version adds are ignored. */
export const noticeSchema = z.object({
  version: versionText,
  /** ISO 8601, UTC. Of two notices of one version the later corrects the earlier. */
  releasedAt: z.iso
    .datetime('is not a time such as 2026-11-28T21:00:00Z')
    .transform((text) => Date.parse(text)),
  notes: z.array(sentence).min(1, 'needs at least one sentence').max(12, 'holds at most 12 sentences'),
  /** Where it can be downloaded; opened in the user's browser. */
  page: z
    .string()
    .max(300, 'is longer than 300 characters')
    .refine(isHttps, 'is not an https address')
    .transform((text) => new URL(text).href),
})
export type Notice = z.output<typeof noticeSchema>

/** A notice as it is published: its JSON in UTF-8, and the Ed25519 signature of exactly these bytes; both in base64. */
export const envelopeSchema = z.object({ notice: z.base64(), signature: z.base64() })
export type NoticeEnvelope = z.output<typeof envelopeSchema>

/** A notice that the publisher's key signed, and the envelope that proves it. */
export interface ProvenNotice {
  readonly notice: Notice
  readonly envelope: NoticeEnvelope
}

/** Why something is not a notice; `detail` is for the log. */
export interface NoticeFailure {
  readonly problem: NoticeProblem
  readonly detail: string
}

/** Reads a notice. Nothing of what it says is looked at before its signature is verified. */
export function readNotice(json: unknown, publicKey: KeyObject): Result<ProvenNotice, NoticeFailure> {
  const envelope = envelopeSchema.safeParse(json)
  if (!envelope.success) return err({ problem: 'not-a-notice', detail: z.prettifyError(envelope.error) })
  const bytes = Buffer.from(envelope.data.notice, 'base64')
  const signature = Buffer.from(envelope.data.signature, 'base64')
  if (!verify(null, bytes, publicKey, signature))
    return err({ problem: 'bad-signature', detail: 'the signature is not of this notice by this key' })
  const notice = noticeSchema.safeParse(parseJson(bytes.toString('utf8')))
  if (!notice.success) return err({ problem: 'not-a-notice', detail: z.prettifyError(notice.error) })
  return ok({ notice: notice.data, envelope: envelope.data })
}
