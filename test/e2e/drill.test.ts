/** The drill of a stolen operator key, as the command line plays it: real chain, real verifiers, real time. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { runCommand } from "../support/command.ts";
import { askCommand } from "../support/command-world.ts";

/** Nothing of the user's own home is used. */
const home = join(tmpdir(), "lz-test-no-home");

interface VerifierReport {
  readonly rejectedAfterMs: number | null;
  readonly forged: string;
  readonly goodAccepted: number;
  readonly goodRefused: number;
  readonly lifted: string;
}

describe("the drill of a stolen key", () => {
  it("ends the forgery at every verifier in time, and refuses no good certificate meanwhile", async () => {
    const args = ["drill", "key-compromise", "--verifiers", "3"];
    const report = await askCommand(home, args, 0, { timeLimitMs: 150_000 });
    const verifiers = report.verifiers as VerifierReport[];
    expect(verifiers).toHaveLength(3);
    for (const { forged, rejectedAfterMs, goodAccepted, goodRefused, lifted } of verifiers) {
      expect(forged).toBe("rejected ANCHOR_DISTRUSTED");
      expect(rejectedAfterMs).toBeLessThan(2_000);
      expect(goodAccepted).toBeGreaterThan(0);
      expect(goodRefused).toBe(0);
      expect(lifted).toBe("accepted");
    }
    expect(report.slowestMs).toBe(Math.max(...verifiers.map((each) => each.rejectedAfterMs ?? 0)));
    expect(report.isMet).toBe(true);
    const kinds = report.history.map(({ kind }: { kind: string }) => kind);
    expect(kinds.slice(-2)).toEqual(["OperatorDistrusted", "OperatorDistrustLifted"]);
  });

  it("refuses a number of verifiers that makes no sense", async () => {
    const { exitCode, stderr } = await runCommand(home, [
      "drill",
      "key-compromise",
      "--verifiers",
      "0",
    ]);
    expect(exitCode).toBe(64);
    expect(stderr).toContain("1 to 16 expected");
  });
});
