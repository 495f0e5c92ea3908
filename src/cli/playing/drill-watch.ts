/** Watches real verifiers over HTTP, and takes the time from a block of the chain until each has heeded it. */
import type { Answer } from "../../app/answer.ts";
import { askVerifier } from "../../main/judge.ts";
import { pause } from "../../main/system.ts";
import type { ChainReader } from "../../ports/chain-reader.ts";

const ANSWER_TIMEOUT_MS = 5_000;
/** Between two questions, to a verifier or to the node: what the figures are blurred by. */
const PACE_MS = 10;

/** What is shown to the verifiers: the texts of certificate files. */
export interface Exhibits {
  /** Issued before the theft: to be accepted at every moment. */
  readonly good: readonly string[];
  readonly forged: string;
}

export interface Watched {
  readonly server: string;
  /** The last answer about the forgery. */
  readonly forged: Answer;
  /** When the awaited answer came, in milliseconds of this process's own clock; null: not in time. */
  readonly awaitedAt: number | null;
  readonly goodAccepted: number;
  readonly goodRefused: number;
}

export interface Patience {
  readonly isAwaited: (answer: Answer) => boolean;
  readonly timeLimitMs: number;
}

/** Shows one verifier the forgery and a good certificate in turn, until it says of the forgery what is awaited. */
export async function watchVerifier(
  server: string,
  { good, forged }: Exhibits,
  { isAwaited, timeLimitMs }: Patience,
): Promise<Watched> {
  const end = performance.now() + timeLimitMs;
  for (let goodAccepted = 0, round = 0; ; round++) {
    const answer = await ask(server, forged);
    const answeredAt = performance.now();
    const other = await ask(server, String(good[round % good.length]));
    goodAccepted += other.verdict === "accepted" ? 1 : 0;
    const isOver = isAwaited(answer);
    if (isOver || answeredAt > end) {
      const awaitedAt = isOver ? answeredAt : null;
      const goodRefused = round + 1 - goodAccepted;
      return { server, forged: answer, awaitedAt, goodAccepted, goodRefused };
    }
    await pause(PACE_MS);
  }
}

function ask(server: string, file: string): Promise<Answer> {
  return askVerifier(server, { file }, {}, ANSWER_TIMEOUT_MS);
}

/**
 * Waits for a block after number `before`.
 * @returns the last moment of this process's own clock at which the node was asked and did not have it: the
 * block is not older, so that what is counted from there is never too short.
 */
export async function momentOfBlockAfter(reader: ChainReader, before: number): Promise<number> {
  let without = performance.now();
  for (;;) {
    const asked = performance.now();
    if ((await reader.latestBlock()).number > before) return without;
    without = asked;
    await pause(PACE_MS);
  }
}
