/** Waits until a holder answered a counter's request, or it ran out. */
import type {
  MadePresentationRequest,
  VerifierClient,
} from "../../../../clients/javascript/src/index.ts";
import { isAway } from "../../service/verifier.ts";

const SECOND_MS = 1_000;
/** The clerk looks at the screen: the answer is there a second and a half after the holder's. */
const ASK_EVERY_MS = 1.5 * SECOND_MS;

export interface Waiting {
  readonly signal: AbortSignal;
  /** Told about each second with how many are left. */
  readonly onSecond: (left: number) => void;
  /** In milliseconds, how often it is asked; a second and a half where nothing is said. */
  readonly everyMs?: number;
}

/** @throws ServiceProblem but where the service is away, which may pass */
export async function awaitAnswer(
  service: Pick<VerifierClient, "presentationRequest">,
  { id, expiresAt }: Pick<MadePresentationRequest, "id" | "expiresAt">,
  { signal, onSecond, everyMs = ASK_EVERY_MS }: Waiting,
): Promise<"answered" | "expired" | "cancelled"> {
  const end = Date.parse(expiresAt);
  const tick = setInterval(() => {
    onSecond(secondsTo(end));
  }, SECOND_MS);
  onSecond(secondsTo(end));
  try {
    while (!signal.aborted) {
      if (Date.now() > end) return "expired";
      if (await isAnswered(service, id)) return "answered";
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    return "cancelled";
  } finally {
    clearInterval(tick);
  }
}

async function isAnswered(
  service: Pick<VerifierClient, "presentationRequest">,
  id: string,
): Promise<boolean> {
  try {
    return (await service.presentationRequest(id)).state === "answered";
  } catch (error) {
    if (isAway(error)) return false;
    throw error;
  }
}

function secondsTo(end: number): number {
  return Math.max(0, Math.ceil((end - Date.now()) / SECOND_MS));
}
