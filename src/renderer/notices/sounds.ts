import type { Settings } from '#shared/settings'
import type { NoticeKind } from '#shared/trading/notice'
import type { EpochMs } from '#shared/units'

/** A tone of a sound. */
export interface SoundTone {
  /** Hz. */
  readonly pitch: number
  /** Seconds from the beginning of the sound. */
  readonly at: number
  readonly lasts: number
}

/** Plays tones at a volume between 0 and 1. */
export type AudioPort = (tones: readonly SoundTone[], volume: number) => void

const VOLUMES: Readonly<Record<Settings['noticeSound'], number>> = { off: 0, soft: 0.08, loud: 0.35 }

/** A fill rises, a rejection falls, a cancel is one low tone, anything else two high ones. */
const SOUNDS: Readonly<Record<NoticeKind, readonly SoundTone[]>> = {
  fill: [tone(660, 0), tone(990, 0.09)],
  rejection: [tone(440, 0), tone(294, 0.12), tone(196, 0.24)],
  cancel: [tone(330, 0)],
  alert: [tone(1_046, 0), tone(1_046, 0.16)],
  order: [tone(1_046, 0), tone(1_046, 0.16)],
}

function tone(pitch: number, at: number): SoundTone {
  return { pitch, at, lasts: 0.12 }
}

/** After a sound the same one is not played again for this long, ms: fills come in clusters. */
const QUIET_MS = 300

interface SoundDeps {
  readonly play: AudioPort
  readonly level: () => Settings['noticeSound']
  readonly now: () => EpochMs
}

/** Makes each kind of notice heard. */
export function createSounds({ play, level, now }: SoundDeps): (kind: NoticeKind) => void {
  const playedAt = new Map<NoticeKind, EpochMs>()
  return (kind) => {
    const volume = VOLUMES[level()]
    if (volume === 0 || now() - (playedAt.get(kind) ?? -Infinity) < QUIET_MS) return
    playedAt.set(kind, now())
    play(SOUNDS[kind], volume)
  }
}
