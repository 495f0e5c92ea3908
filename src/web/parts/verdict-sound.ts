/** Three sounds that a clerk tells apart without looking: two rising tones, a low buzz, the same tone twice. */
import type { PageWord } from "./verdict-words.ts";

/** In hertz and seconds. */
interface Tone {
  readonly pitch: number;
  readonly at: number;
  readonly length: number;
  readonly form: OscillatorType;
}

const SOUNDS: Readonly<Record<PageWord, readonly Tone[]>> = {
  valid: [
    { pitch: 660, at: 0, length: 0.12, form: "sine" },
    { pitch: 990, at: 0.13, length: 0.2, form: "sine" },
  ],
  refused: [{ pitch: 160, at: 0, length: 0.55, form: "sawtooth" }],
  unsure: [
    { pitch: 440, at: 0, length: 0.14, form: "triangle" },
    { pitch: 440, at: 0.24, length: 0.14, form: "triangle" },
  ],
};
const LOUDNESS = 0.18;
/** Without it each tone would begin and end with a click. */
const EDGE = 0.02;

let audio: AudioContext | null = null;

/** Does nothing where the browser makes no sound, as before the page was touched once. */
export function soundVerdict(word: PageWord): void {
  if (!("AudioContext" in globalThis)) return;
  audio ??= new AudioContext();
  void audio.resume();
  for (const tone of SOUNDS[word]) play(audio, tone);
}

function play(context: AudioContext, { pitch, at, length, form }: Tone): void {
  const [begin, end] = [context.currentTime + at, context.currentTime + at + length];
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.type = form;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + EDGE);
  volume.gain.setValueAtTime(LOUDNESS, end - EDGE);
  volume.gain.linearRampToValueAtTime(0, end);
  tone.connect(volume).connect(context.destination);
  tone.start(begin);
  tone.stop(end);
}
