import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { tmpdir } from "node:os";
import { Problem } from "../../../src/core/problem.ts";
import { watchStore } from "../../../src/main/service/store-watch.ts";
import type { ServicePart } from "../../../src/main/service/service-part.ts";
import { serviceContext } from "../../support/service-context.ts";

let part: ServicePart | undefined;
afterEach(async () => {
  jest.useRealTimers();
  await part?.close?.();
});

const unreachable = (): Promise<void> => Promise.reject(new Problem("STORE_UNREACHABLE", "db"));

describe("a service store that is watched", () => {
  it("keeps the service from being ready while it fails, and says so once", async () => {
    const said: string[] = [];
    const log = { write: (_level: string, event: string) => void said.push(event) };
    const context = serviceContext(tmpdir(), {}, log);
    let probe = unreachable;
    part = await watchStore(context, { probe: () => probe() });
    expect(part.unready?.()).toBe("the service store does not answer (STORE_UNREACHABLE)");
    expect(await context.metrics.text()).toMatch(/^lz_service_store_up 0$/m);
    probe = () => Promise.resolve();
    while (part.unready?.() !== null) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(said).toEqual(["service-store-trouble", "service-store-answers"]);
    expect(await context.metrics.text()).toMatch(/^lz_service_store_up 1$/m);
  });

  it("is as good as gone where it keeps silent, and is not asked ever more", async () => {
    let asked = 0;
    const silent = (): Promise<void> => {
      asked++;
      return new Promise(() => undefined);
    };
    part = await watchStore(serviceContext(tmpdir()), { probe: silent });
    expect(part.unready?.()).toBe("the service store does not answer (STORE_SILENT)");
    expect(asked).toBe(1);
  });
});
