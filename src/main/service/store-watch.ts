/** Asks the service store again and again whether it answers, so that readiness knows without asking. */
import { setTimeout as sleep } from "node:timers/promises";
import { toProblem } from "../../core/problem.ts";
import type { ServiceStore } from "../../ports/service-store.ts";
import type { ServiceContext, ServicePart } from "./service-part.ts";

const PACE_MS = 1_000;
/** A store that takes longer is as good as gone: counters wait in line. */
const PATIENCE_MS = 3_000;
/** In seconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 3];

/** Has asked once. */
export async function watchStore(
  context: ServiceContext,
  store: Pick<ServiceStore, "probe">,
): Promise<ServicePart> {
  const watch = new StoreWatch(context, store);
  await watch.ask();
  watch.run();
  return watch;
}

class StoreWatch implements ServicePart {
  readonly #context: ServiceContext;
  readonly #store: Pick<ServiceStore, "probe">;
  readonly #observe: (seconds: number) => void;
  readonly #stopping = new AbortController();
  #trouble: string | null = null;
  #asking: Promise<string | null> | null = null;

  constructor(context: ServiceContext, store: Pick<ServiceStore, "probe">) {
    this.#context = context;
    this.#store = store;
    const { metrics } = context;
    const name = "lz_service_store_probe_seconds";
    const histogram = metrics.histogram(
      { name, help: "How long the service store takes to answer." },
      BUCKETS,
    );
    this.#observe = (seconds) => {
      histogram.observe(seconds);
    };
    const up = { name: "lz_service_store_up", help: "1 while the service store answers." };
    metrics.gauge(up, () => (this.#trouble === null ? 1 : 0), "min");
  }

  unready(): string | null {
    return this.#trouble === null ? null : `the service store does not answer (${this.#trouble})`;
  }

  /** One question at a time: a store that hangs is not asked ever more. */
  async ask(): Promise<void> {
    this.#asking ??= this.#probe().finally(() => {
      this.#asking = null;
    });
    const patience = sleep(PATIENCE_MS, "STORE_SILENT", { ref: false });
    this.#tell(await Promise.race([this.#asking, patience]));
  }

  run(): void {
    void this.#loop();
  }

  close(): Promise<void> {
    this.#stopping.abort();
    return Promise.resolve();
  }

  async #probe(): Promise<string | null> {
    const began = performance.now();
    try {
      await this.#store.probe();
      this.#observe((performance.now() - began) / 1000);
      return null;
    } catch (error) {
      return toProblem(error).code;
    }
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stopping;
    const isTime = (): Promise<boolean> =>
      sleep(PACE_MS, undefined, { signal, ref: false }).then(
        () => true,
        () => false,
      );
    while (await isTime()) await this.ask();
  }

  #tell(trouble: string | null): void {
    if (trouble === this.#trouble || this.#stopping.signal.aborted) return;
    this.#trouble = trouble;
    const { log } = this.#context;
    if (trouble === null) log.write("warn", "service-store-answers");
    else log.write("error", "service-store-trouble", { code: trouble });
  }
}
