/** A counter asks, a holder answers from the phone, the counter verifies: each with its own command. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startCommand } from "../support/command.ts";
import type { Running } from "../support/command.ts";
import { AGENCY_REGION, TYPE, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

const ITEMS = join(import.meta.dirname, "../../catalogue/service-items/items.json");
const COUNTER = "海口市政务服务中心5号窗口";
const CAUSE = "投标资格审查";

let world: World;
let serving: Running | undefined;
let server: string;
/** What the counter's commands take. */
let counter: readonly string[];

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
  const config = world.file("serve.json");
  const settings = { listen: { port: 0 }, serviceItems: ITEMS, publicHost: "verify.example" };
  await writeFile(config, JSON.stringify(settings));
  serving = await startCommand(world.home, ["serve", "--config", config, "--json"]);
  ({ server } = serving.json as { server: string });
  const key = world.file("window-5.key");
  await world.ask([
    "client",
    "add",
    COUNTER,
    "--role",
    "counter",
    "--region",
    AGENCY_REGION,
    "--key",
    key,
  ]);
  counter = ["--server", server, "--client-key", key];
});
afterAll(async () => {
  await serving?.stop();
  await world.close();
});

const order = (...claims: string[]) => [
  ...["request", "create", "--purpose", "招标投标资格审查", "--cause", CAUSE, "--type", TYPE],
  ...["--claims", claims.join(","), ...counter],
];
const present = (...more: string[]) => [
  ...["present", "--certificate", world.certificate(0), "--server", server, ...more],
];

describe("a request that a clerk makes and a holder answers", () => {
  it("goes from six digits to a verdict, once, with the claims that the matter names", async () => {
    const made = await world.ask(order("holderName"));
    expect(made).toMatchObject({ audience: COUNTER, claims: ["holderName", "certificateNumber"] });
    const shown = await world.ask(present("--request", made.code as string, "--yes"));
    expect(shown).toMatchObject({ request: made.id, state: "answered", audience: COUNTER });
    expect(shown.disclosed).toEqual(expect.arrayContaining(["holderName", "certificateNumber"]));
    const answer = await world.ask([
      "request",
      "verify",
      made.id as string,
      "--receipt",
      ...counter,
    ]);
    expect(answer).toMatchObject({
      verdict: "accepted",
      claims: { holderName: expect.not.stringContaining("*") },
      receipt: {
        id: expect.any(String),
        receipt: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      },
    });
    const again = await world.ask(["request", "verify", made.id as string, ...counter], 65);
    expect(again.problem.code).toBe("PRESENTATION_REQUEST_SPENT");
  });

  it("shows who asks, for what and why before anything is shown, and shows nothing unasked", async () => {
    const made = await world.ask(order("holderName"));
    const looked = await world.run(["request", "show", made.text as string, ...counter]);
    for (const word of [
      COUNTER,
      CAUSE,
      "招标投标资格审查",
      "二级建造师注册证书",
      "holderName",
      "open",
    ]) {
      expect(looked.stdout).toContain(word);
    }
    const unasked = await world.run(present("--request", made.id as string));
    expect(unasked.exitCode).toBe(64);
    expect(unasked.stdout).toContain(CAUSE);
    expect(unasked.stderr).toContain("--yes");
    const { state } = await world.ask(["request", "show", made.id as string, ...counter]);
    expect(state).toBe("open");
  });

  it("ends in words where it is asked for too much, unknown, or answered with another certificate's type", async () => {
    expect((await world.ask(order("holderIdNumber"), 65)).problem.code).toBe("CLAIM_NOT_ALLOWED");
    const unknown = await world.ask(present("--request", "000000", "--yes"), 65);
    expect(unknown.problem.code).toBe("PRESENTATION_REQUEST_UNKNOWN");
    for (const flags of [["--nonce", "00"], ["--disclose", "holderName"], ["--reference"]]) {
      const wrong = await world.ask(present("--request", "000000", ...flags), 64);
      expect(wrong.problem.detail).toContain("--request goes without");
    }
    expect((await world.ask(["request", "show", "12345", ...counter], 64)).problem.code).toBe(
      "USAGE",
    );
    expect((await world.ask(["request", "verify", "123456", ...counter], 64)).problem.code).toBe(
      "USAGE",
    );
    expect((await world.ask(["request", "show", "123456"], 64)).problem.detail).toContain(
      "--server",
    );
  });
});

describe("a code that refers to a presentation", () => {
  it("is short, and verified once by a counter", async () => {
    const { text } = await world.ask(present("--reference", "--disclose", "holderName"));
    expect(text).toMatch(/^LZR:verify\.example\/[\w-]{22}$/);
    const verify = ["verify", text as string, ...counter, "--cause", CAUSE];
    expect((await world.ask(verify)).verdict).toBe("accepted");
    expect((await world.ask(verify, 65)).problem.code).toBe("REFERENCE_SPENT");
  });
});
