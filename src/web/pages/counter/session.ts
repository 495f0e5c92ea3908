/** Who sits at this counter: an API key, kept until the tab is closed unless the clerk wants it kept. */
import { reactive } from "vue";
import type { OwnClient } from "../../../../clients/javascript/src/index.ts";
import { counterService } from "../../service/verifier.ts";

const KEY = "liangzheng.counter.session";

interface Session {
  readonly key: string;
  /** As the service told it, for when it can't be asked. */
  readonly client: OwnClient;
}

export const session: { current: Session | null } = reactive({ current: readSession() });

/** @throws ServiceProblem UNAUTHENTICATED and others, ServiceUnreachable */
export async function signIn(key: string, isKept: boolean): Promise<void> {
  const client = await counterService(key).patient.ownClient();
  session.current = { key, client };
  const place = isKept ? localStorage : sessionStorage;
  place.setItem(KEY, JSON.stringify(session.current));
}

export function signOut(): void {
  session.current = null;
  localStorage.removeItem(KEY);
  sessionStorage.removeItem(KEY);
}

function readSession(): Session | null {
  const text = sessionStorage.getItem(KEY) ?? localStorage.getItem(KEY);
  try {
    return text === null ? null : (JSON.parse(text) as Session);
  } catch {
    return null;
  }
}
