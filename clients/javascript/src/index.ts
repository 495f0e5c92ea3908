/**
 * A client of the Liangzheng verification service: what a counter needs, with no dependency. It knows several
 * instances of one service and turns to the next when one doesn't answer; nothing is done twice by that.
 */
import type { components } from "./api.ts";

type Schemas = components["schemas"];
export type VerificationRequest = Schemas["VerificationRequest"];
export type Answer = Schemas["Answer"];
export type BatchAnswer = Schemas["VerificationBatchAnswer"];
export type PresentationRequestOrder = Schemas["PresentationRequestOrder"];
export type MadePresentationRequest = Schemas["MadePresentationRequest"];
export type PresentationRequest = Schemas["PresentationRequest"];
export type Reference = Schemas["Reference"];
export type OwnClient = Schemas["OwnClient"];
export type OfflineUse = Schemas["OfflineUse"];
/** As it may be handed in: nothing of it is changed. */
type Told<T> = T extends object ? { readonly [K in keyof T]: Told<T[K]> } : T;
export type UseReceipt = Schemas["UseReceipt"];
export type ServiceItem = Schemas["ServiceItem"];
export type SignedReceipt = Schemas["SignedReceipt"];
export type ProblemCode = Schemas["ProblemCode"];
export type ProblemDocument = Schemas["Problem"];

export interface ClientOptions {
  /** Addresses of the instances of one service, the one to ask first at first: `https://verify.example.gov.cn`. */
  readonly servers: readonly string[];
  /** The API key (`lzk_…`). Without it, verifications are answered as to anyone. */
  readonly key?: string;
  /** How long one attempt may take, in milliseconds; 5,000 where nothing is said. */
  readonly timeoutMs?: number;
  /** How often one call is tried at most, all instances together; 4 where nothing is said. */
  readonly attempts?: number;
  readonly language?: "zh-CN" | "zh-HK" | "en";
  /** The platform's own where nothing is said. */
  readonly fetch?: typeof fetch;
}

/** What the service said it could not do: with its code, words and what to do. */
export class ServiceProblem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly document: ProblemDocument;
  /** When to ask again; 0 where the service did not say. */
  readonly retryAfterMs: number;

  constructor(document: ProblemDocument, retryAfterMs = 0) {
    super(`${document.code}: ${document.title}`);
    this.name = "ServiceProblem";
    this.code = document.code;
    this.status = document.status;
    this.document = document;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No instance gave an answer, or a proxy says so. What was asked may or may not have been done. */
export class ServiceUnreachable extends Error {
  readonly retryAfterMs: number;

  constructor(cause: unknown, retryAfterMs = 0) {
    super("no instance of the verification service answered", { cause });
    this.name = "ServiceUnreachable";
    this.retryAfterMs = retryAfterMs;
  }
}

interface Call {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: unknown;
  /** Whether the service does it once however often it is sent, under the same key. */
  readonly isRepeatable: boolean;
}

const PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
/** A second each: where an instance died at our call, another takes it over after five. */
const MOST_WAITS = 12;
/** Said before anything was done, or of a call that goes on under our key. */
const WORTH_ANOTHER_TRY: ReadonlySet<string> = new Set([
  ...["NOT_READY", "TOO_MANY_REQUESTS", "REPEAT_UNDER_WAY"],
  ...["STORE_BUSY", "STORE_UNREACHABLE", "IDENTITY_UNREACHABLE", "USE_NOT_KEPT"],
]);

export class VerifierClient {
  readonly #options: ClientOptions;
  /** The instance that answered last. */
  #current = 0;

  constructor(options: ClientOptions) {
    if (options.servers.length === 0) throw new TypeError("servers: at least one expected");
    this.#options = options;
  }

  /** Verifies one presentation or certificate. Rejected and indeterminate are answers, not errors. */
  verify(request: VerificationRequest): Promise<Answer> {
    return this.#post("/v1/verifications", request);
  }

  /** Verifies up to 100 at once; each has its own answer or problem. */
  verifyMany(items: readonly VerificationRequest[]): Promise<BatchAnswer> {
    return this.#post("/v1/verifications/batch", { items });
  }

  /** Asks a holder to show a certificate: show its `text` as a QR code, or tell its `code`. */
  createPresentationRequest(order: PresentationRequestOrder): Promise<MadePresentationRequest> {
    return this.#post("/v1/presentation-requests", order);
  }

  /** Whether it was answered; by its id. */
  presentationRequest(id: string): Promise<PresentationRequest> {
    return this.#get(`/v1/presentation-requests/${encodeURIComponent(id)}`);
  }

  /** For a wallet: the request that a clerk's six digits name. */
  findPresentationRequest(code: string): Promise<PresentationRequest> {
    return this.#get(`/v1/presentation-requests?code=${encodeURIComponent(code)}`);
  }

  /** For a wallet: shows a certificate (`LZ1:…`) to the counter that asked, once. */
  async answerPresentationRequest(id: string, presentation: string): Promise<void> {
    const path = `/v1/presentation-requests/${encodeURIComponent(id)}/presentation`;
    await this.#post(path, { presentation });
  }

  /** For a wallet: leaves a presentation, and gets the text of a short code that refers to it. */
  leaveReference(presentation: string): Promise<Reference> {
    return this.#post("/v1/references", { presentation });
  }

  /** What each matter may ask of whom. @param type only matters that may ask for this certificate type */
  async serviceItems(type?: string): Promise<readonly ServiceItem[]> {
    const query = type === undefined ? "" : `?type=${encodeURIComponent(type)}`;
    const { items } = await this.#get<Schemas["ServiceItemList"]>(`/v1/service-items${query}`);
    return items;
  }

  /** Verifies what the holder answered with, once. */
  verifyAnswer(id: string, options: { readonly receipt?: "signed" } = {}): Promise<Answer> {
    return this.verify({ ...options, presentationRequest: id });
  }

  /** The signed receipt of a verification, which an auditor can judge again. */
  receipt(id: string): Promise<SignedReceipt> {
    return this.#get(`/v1/receipts/${encodeURIComponent(id)}`);
  }

  /** Whom the key belongs to. */
  ownClient(): Promise<OwnClient> {
    return this.#get("/v1/client");
  }

  /** Tells what was verified without a network; again, where it is not known whether it arrived. */
  async keepOfflineUses(uses: readonly Told<OfflineUse>[]): Promise<readonly UseReceipt[]> {
    const body = { uses };
    return (await this.#post<Schemas["OfflineUseReceipts"]>("/v1/uses", body)).receipts;
  }

  #get<T>(path: string): Promise<T> {
    return this.#call({ method: "GET", path, isRepeatable: true });
  }

  #post<T>(path: string, body: unknown): Promise<T> {
    // Without a credential the service keeps no answers for us: what was sent may have been done.
    const isRepeatable = this.#options.key !== undefined;
    return this.#call({ method: "POST", path, body, isRepeatable });
  }

  /** @throws ServiceProblem, or ServiceUnreachable where no instance answered */
  async #call<T>(call: Call): Promise<T> {
    let { attempts = 4 } = this.#options;
    let waits = MOST_WAITS;
    const repeatKey = crypto.randomUUID();
    for (let tried = 1; ; tried++) {
      try {
        return await this.#attempt<T>(call, repeatKey);
      } catch (error) {
        if (isInstancesFault(error)) this.#turnToNext();
        const isLast = isUnderWay(error) ? waits-- === 0 : --attempts <= 0;
        if (isLast || !mayRepeat(error, call)) throw error;
        await pause(error, tried);
      }
    }
  }

  #turnToNext(): void {
    this.#current = (this.#current + 1) % this.#options.servers.length;
  }

  async #attempt<T>(call: Call, repeatKey: string): Promise<T> {
    const { fetch: send = fetch, timeoutMs = 5_000, servers } = this.#options;
    const server = servers[this.#current] as string;
    const response = await send(server.replace(/\/$/, "") + call.path, {
      method: call.method,
      headers: this.#headers(call, repeatKey),
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(unreachable);
    const said = (await response.json().catch(unreachable)) as T;
    if (response.ok) return said;
    throw problemOf(said, response);
  }

  #headers(call: Call, repeatKey: string): Record<string, string> {
    const { key, language = "zh-CN" } = this.#options;
    return {
      Accept: "application/json",
      "Accept-Language": language,
      ...(key !== undefined && { Authorization: `Bearer ${key}` }),
      ...(call.body !== undefined && { "Content-Type": "application/json" }),
      ...(call.method === "POST" && key !== undefined && { "Idempotency-Key": repeatKey }),
    };
  }
}

function unreachable(cause: unknown): never {
  throw new ServiceUnreachable(cause);
}

/** A proxy speaks another language than the service, or says that none answered it. */
function problemOf(said: unknown, { headers, status }: Response): Error {
  const document = said as Partial<ProblemDocument> | null;
  const retryAfterMs = (Number(headers.get("Retry-After")) || 0) * 1_000;
  return typeof document?.code !== "string" || document.code === "SERVER_UNREACHABLE"
    ? new ServiceUnreachable(document ?? status, retryAfterMs)
    : new ServiceProblem(said as ProblemDocument, retryAfterMs);
}

function isUnderWay(error: unknown): boolean {
  return error instanceof ServiceProblem && error.code === "REPEAT_UNDER_WAY";
}

/** Another one may do better, be it with the next call. */
function isInstancesFault(error: unknown): error is ServiceProblem | ServiceUnreachable {
  const { code = "" } = error as Partial<ServiceProblem>;
  return error instanceof ServiceUnreachable || WORTH_ANOTHER_TRY.has(code);
}

/**
 * A problem that was told before anything was done may be tried again by anyone; where nobody answered, something
 * may have been done, and only what the service does once is sent again.
 */
function mayRepeat(error: unknown, { isRepeatable }: Call): boolean {
  if (!isInstancesFault(error)) return false;
  return isRepeatable || (error instanceof ServiceProblem && error.code !== "USE_NOT_KEPT");
}

function pause(failure: unknown, attempt: number): Promise<void> {
  const asked = isInstancesFault(failure) ? failure.retryAfterMs : 0;
  const jitter = PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
  const milliseconds = Math.min(Math.max(asked, jitter), LONGEST_PAUSE_MS);
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
