import type { AudioPort } from './sounds.ts'

/** Opens the audio output at the first sound. Chromium keeps it silent until the first click or key press. */
export function openAudio(): AudioPort {
  let output: AudioContext | undefined
  return (tones, volume) => {
    output ??= new AudioContext()
    void output.resume()
    if (output.state === 'closed') return
    const begin = output.currentTime
    for (const { pitch, at, lasts } of tones) {
      const [oscillator, loudness] = [output.createOscillator(), output.createGain()]
      oscillator.frequency.value = pitch
      loudness.gain.setValueAtTime(volume, begin + at)
      loudness.gain.exponentialRampToValueAtTime(0.0001, begin + at + lasts) // without a click at its end
      oscillator.connect(loudness).connect(output.destination)
      oscillator.start(begin + at)
      oscillator.stop(begin + at + lasts)
    }
  }
}
