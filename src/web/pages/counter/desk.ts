/**
 * A counter at work: the service is asked first, for a second; where it can't be, this device judges on its trust
 * pack and tells the uses afterwards.
 */
import { reactive, readonly } from "vue";
import type {
  Answer,
  BatchAnswer,
  VerificationRequest,
} from "../../../../clients/javascript/src/index.ts";
import { ServiceProblem } from "../../../../clients/javascript/src/index.ts";
import { parseReference } from "../../../core/presentation/qr-text.ts";
import type { Given } from "../../../core/verify/case.ts";
import type { CounterVerdict } from "../../judging/offline-desk.ts";
import type { PackState } from "../../judging/pack-judge.ts";
import type { CounterService } from "../../service/verifier.ts";
import { isAway } from "../../service/verifier.ts";
import { tellUses } from "./told-uses.ts";
import { chosenItem, loadItems, matterNow, regionHere } from "./matter.ts";

/** The judge on this device. */
export interface DeviceJudge {
  open(region: string | null): Promise<PackState>;
  refresh(): Promise<PackState>;
  trustKeys(): Promise<PackState>;
  verify(given: Given, matter: ReturnType<typeof matterNow>): Promise<CounterVerdict>;
  remember(given: Given): Promise<void>;
}

export interface DeskVerdict extends CounterVerdict {
  readonly source: "service" | "pack";
  /** The number of the receipt; null until the use was told. */
  readonly receipt: string | null;
  /** Seconds since 1970. */
  readonly at: number;
}

/** A code that only the service can follow, shown where it can't be asked. */
export class NeedsNetwork extends Error {}

interface DeskState {
  pack: PackState | null;
  isAway: boolean;
  /** Uses that the service was not told yet. */
  untold: number;
}

/** In milliseconds: the pack's age is to be that of a few minutes while there is a network. */
const REFRESH_MS = 5 * 60_000;
/** Where the service is away, it is asked again so often. */
const ASK_AGAIN_MS = 5_000;

export class CounterDesk {
  readonly #service: CounterService;
  readonly #judge: DeviceJudge;
  readonly #state: DeskState = reactive({ pack: null, isAway: false, untold: 0 });
  readonly state = readonly(this.#state);
  #timers: ReturnType<typeof setInterval>[] = [];
  readonly #online = (): void => void this.ask();
  readonly #offline = (): void => {
    this.#state.isAway = true;
  };

  constructor(service: CounterService, judge: DeviceJudge) {
    this.#service = service;
    this.#judge = judge;
  }

  /** Opens what is kept, then asks the service for what is new. */
  async open(): Promise<void> {
    this.#state.isAway = !navigator.onLine;
    this.#state.pack = await this.#judge.open(regionHere());
    addEventListener("online", this.#online);
    addEventListener("offline", this.#offline);
    this.#timers = [
      setInterval(() => void this.refresh(), REFRESH_MS),
      setInterval(() => void (this.#state.isAway && this.ask()), ASK_AGAIN_MS),
    ];
    await this.ask();
  }

  close(): void {
    removeEventListener("online", this.#online);
    removeEventListener("offline", this.#offline);
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** Whether the service is there again: then it is told what it missed. */
  async ask(): Promise<void> {
    try {
      await loadItems(this.#service);
      this.#state.isAway = false;
    } catch (error) {
      this.#state.isAway = isAway(error);
    }
    await Promise.all([this.refresh(), this.#tell()]);
  }

  /** The region changed, or five minutes went by. */
  async reopen(): Promise<void> {
    this.#state.pack = await this.#judge.open(regionHere());
    await this.refresh();
  }

  async refresh(): Promise<void> {
    this.#state.pack = await this.#judge.refresh();
  }

  async trustKeys(): Promise<void> {
    this.#state.pack = await this.#judge.trustKeys();
  }

  /** @throws ServiceProblem for what the service refuses to do, NeedsNetwork */
  async verify(given: Given): Promise<DeskVerdict> {
    if (!this.#state.isAway) {
      const answered = await this.#askService(given);
      if (answered !== null) return answered;
    }
    if ("qr" in given && parseReference(given.qr) !== null) throw new NeedsNetwork();
    const verdict = await this.#judge.verify(given, matterNow());
    this.#state.untold++;
    return { ...verdict, source: "pack", receipt: null, at: now() };
  }

  /** For batches: each has its own end, and nothing is remembered of the person who is not there. */
  async verifyMany(givens: readonly Given[]): Promise<readonly (DeskVerdict | Error)[]> {
    if (!this.#state.isAway) {
      try {
        const { answers } = await this.#service.patient.verifyMany(givens.map(requestOf));
        return answers.map(endOf);
      } catch (error) {
        if (!isAway(error)) return givens.map(() => error as Error);
        this.#state.isAway = true;
      }
    }
    return Promise.all(
      givens.map((given) => this.verify(given).catch((error: unknown) => error as Error)),
    );
  }

  /** What a holder answered to this counter's request with. @throws ServiceProblem, ServiceUnreachable */
  async verifyAnswer(request: string): Promise<DeskVerdict> {
    return verdictOf(await this.#service.patient.verifyAnswer(request));
  }

  /** @returns null where the service is away */
  async #askService(given: Given): Promise<DeskVerdict | null> {
    try {
      const said = await this.#service.hasty.verify(requestOf(given));
      if (said.verdict === "accepted") await this.#judge.remember(given);
      return verdictOf(said);
    } catch (error) {
      if (!isAway(error)) throw error;
      this.#state.isAway = true;
      return null;
    }
  }

  async #tell(): Promise<void> {
    const isThere = !this.#state.isAway;
    this.#state.untold = await tellUses(isThere ? this.#service.patient : null);
  }
}

function verdictOf(said: Answer): DeskVerdict {
  const answer = said as unknown as CounterVerdict["answer"];
  const receipt = said.receipt?.id ?? null;
  return { answer, masked: said.masked, source: "service", receipt, at: now() };
}

type BatchEnd = BatchAnswer["answers"][number];

function endOf(end: BatchEnd): DeskVerdict | Error {
  if ("answer" in end) return verdictOf(end.answer);
  return new ServiceProblem({ ...end.problem, title: "", type: "", instance: "" });
}

function requestOf(given: Given): VerificationRequest {
  const { useCause, region } = matterNow();
  const item = chosenItem();
  return {
    ...shownIn(given),
    ...(region !== null && { region }),
    ...(item !== null && { purpose: item.names.zh }),
    ...(useCause !== null && { useCause }),
  };
}

/** A file that is no JSON can't be sent as one: as a code's text it is told to be none. */
function shownIn(given: Given): Pick<VerificationRequest, "presentation" | "certificate"> {
  if ("qr" in given) return { presentation: given.qr };
  if ("certificate" in given) return { certificate: given.certificate as Record<string, unknown> };
  try {
    const json: unknown = JSON.parse(given.file);
    if (typeof json === "object" && json !== null)
      return { certificate: json as Record<string, unknown> };
  } catch {
    // Said below.
  }
  return { presentation: given.file.slice(0, MAX_TEXT) };
}

const MAX_TEXT = 4_096;

function now(): number {
  return Math.floor(Date.now() / 1_000);
}
