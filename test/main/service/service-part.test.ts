import { describe, expect, it } from "@jest/globals";
import { ServiceParts } from "../../../src/main/service/service-part.ts";
import type { ServicePart } from "../../../src/main/service/service-part.ts";
import { readServiceSettings } from "../../../src/main/settings/service-settings.ts";

const { settings } = readServiceSettings();

function partsOf(...all: readonly ServicePart[]): ServiceParts {
  const parts = new ServiceParts();
  for (const part of all) parts.add(part);
  return parts;
}

describe("the parts of a service", () => {
  it("are ready when all are; otherwise each says why", () => {
    const parts = partsOf({}, { unready: () => null }, { unready: () => "no chain" });
    expect(parts.unready()).toEqual(["no chain"]);
    expect(partsOf({}, { unready: () => null }).unready()).toEqual([]);
  });

  it("take changed settings up together", async () => {
    const done: string[] = [];
    const part = (name: string): ServicePart => ({
      prepare: () => {
        done.push(`${name} prepared`);
        return Promise.resolve(() => void done.push(`${name} changed`));
      },
    });
    await partsOf(part("a"), {}, part("b")).reload(settings);
    expect(done).toEqual(["a prepared", "b prepared", "a changed", "b changed"]);
  });

  it("all stay as they were where one of them refuses", async () => {
    let isChanged = false;
    const willing: ServicePart = { prepare: () => Promise.resolve(() => void (isChanged = true)) };
    const refusing: ServicePart = { prepare: () => Promise.reject(new Error("faulty")) };
    await expect(partsOf(willing, refusing).reload(settings)).rejects.toThrow("faulty");
    expect(isChanged).toBe(false);
  });

  it("close in the opposite order, once", async () => {
    const closed: string[] = [];
    const part = (name: string): ServicePart => ({
      close: () => Promise.resolve(void closed.push(name)),
    });
    const parts = partsOf(part("store"), {}, part("listener"));
    await parts.close();
    await parts.close();
    expect(closed).toEqual(["listener", "store"]);
  });
});
