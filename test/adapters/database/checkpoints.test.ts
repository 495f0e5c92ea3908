/** Checkpoints are a convenience: where they fail, nothing else does. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { Checkpoints } from "../../../src/adapters/database/checkpoints.ts";

describe("a log that can't be taken over", () => {
  it("is nobody's fault: the next time it is tried again, and it ends like any other", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lz-checkpoints-"));
    await rm(folder, { recursive: true });
    const checkpoints = new Checkpoints(join(folder, "gone.sqlite"));
    for (let i = 0; i < 2_000; i++) checkpoints.count();
    await expect(checkpoints.end()).resolves.toBeUndefined();
    for (let i = 0; i < 2_000; i++) checkpoints.count();
    await expect(checkpoints.end()).resolves.toBeUndefined();
  });
});
