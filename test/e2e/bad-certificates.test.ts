/** What is handed over a counter and is not a good certificate: a verdict with a reason, never a crash. */
import { readFile, truncate, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import QRCode from "qrcode";
import { askCommand, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";

let world: World;
let certificate: string;
/** A presentation of it as QR text. */
let shown: string;

beforeAll(async () => {
  world = await openWorld({ verifier: "yes", batch: "yes" });
  certificate = await readFile(world.certificate(0), "utf8");
  shown = (await world.ask(["present", "--certificate", world.certificate(0)])).text as string;
});

afterAll(() => world.close(), 30_000);

let count = 0;

async function save(name: string, content: string | Uint8Array): Promise<string> {
  const file = world.file(`${String(++count)}-${name}`);
  await writeFile(file, content);
  return file;
}

/** Rejected here and at the verifier with the same code at the same check, with words and a remedy. */
async function expectRejected(input: string, check: string, code: string): Promise<any> {
  const args = ["verify", input];
  const [here, there] = await Promise.all([
    world.ask(args, 1),
    world.ask([...args, "--server", world.server], 1),
  ]);
  for (const answer of [here, there]) {
    const failed = answer.checks.find(({ result }: { result: string }) => result === "fail");
    expect([answer.verdict, failed.check, failed.code]).toEqual(["rejected", check, code]);
    expect(failed.words.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(failed.remedy.zh).toMatch(/[\u4e00-\u9fff]/);
  }
  return here;
}

describe("a certificate file", () => {
  it.each([
    ["cut short", () => certificate.slice(0, 500), "MALFORMED"],
    ["that is not JSON", () => "王小明的证照", "MALFORMED"],
    ["that is empty", () => "", "MALFORMED"],
    ["that holds other JSON", () => "[1, 2, 3]", "UNSUPPORTED_VERSION"],
    [
      "of another format version",
      () => certificate.replace("liangzheng/1", "liangzheng/2"),
      "UNSUPPORTED_VERSION",
    ],
    [
      "with a member nobody proves",
      () => certificate.replace("{", '{ "note": "真的", '),
      "MALFORMED",
    ],
    ["with a million characters too many", () => certificate + " ".repeat(1_100_000), "TOO_LARGE"],
  ])("%s is rejected", async (what, content, code) => {
    const answer = await expectRejected(
      await save("file.lzc.json", content()),
      "format",
      what === "that holds other JSON" ? "MALFORMED" : code,
    );
    expect(answer.authentic).toBe(false);
  });

  it("of 100 megabytes is rejected without being read whole", async () => {
    const file = await save("huge.lzc.json", "");
    await truncate(file, 100_000_000);
    await expectRejected(file, "format", "TOO_LARGE");
    const present = await world.ask(["present", "--certificate", file, "--text"], 65);
    expect(present.problem.code).toBe("CERTIFICATE_UNREADABLE");
    expect(present.problem.detail).toContain("TOO_LARGE");
  });

  it("that is damaged can't be shown or have its status changed either", async () => {
    const file = await save("cut.lzc.json", certificate.slice(0, 500));
    for (const args of [
      ["present", "--certificate", file, "--text"],
      ["status", "set", "--certificate", file, "--to", "revoked"],
      ["status", "show", "--certificate", file],
    ]) {
      const { problem } = await world.ask(args, 65);
      expect(problem.code).toBe("CERTIFICATE_UNREADABLE");
      expect(problem.detail).toContain(file);
    }
  });

  it("of another chain is rejected as that, not as forged", async () => {
    const { batch } = JSON.parse(certificate) as { batch: { chainId: number } };
    const text = certificate.replace(`"chainId": ${String(batch.chainId)}`, '"chainId": 1');
    const answer = await expectRejected(
      await save("other-chain.lzc.json", text),
      "anchor",
      "WRONG_CHAIN",
    );
    expect(answer.checks[1].result).toBe("pass");
  });

  it("of a former deployment is rejected as of another chain after a new one was made", async () => {
    const home = world.file("second-home");
    await askCommand(home, ["deploy", "--rpc", world.rpc]);
    const answer = (await askCommand(home, ["verify", world.certificate(0)], 1)) as {
      checks: { check: string; code?: string }[];
    };
    expect(answer.checks.find(({ check }) => check === "anchor")?.code).toBe("WRONG_CHAIN");
  });

  it("that says another agency or type than the chain is rejected", async () => {
    const text = certificate.replace(/"region": "\d+"/, '"region": "460000"');
    await expectRejected(await save("region.lzc.json", text), "integrity", "METADATA_MISMATCH");
  });

  it("that is not there is a matter of the command, with the path", async () => {
    const { problem } = await world.ask(["verify", "/nowhere.lzc.json"], 65);
    expect([problem.code, problem.detail]).toEqual(["FILE_NOT_FOUND", "/nowhere.lzc.json"]);
    expect((await world.ask(["verify", "/tmp"], 65)).problem.code).toBe("FILE_NOT_FOUND");
  });
});

describe("the text of a QR code", () => {
  it.each([
    ["cut short", () => shown.slice(0, -41), "MALFORMED"],
    ["scanned twice", () => shown + shown, "MALFORMED"],
    [
      "with a character that no such code has",
      () => `${shown.slice(0, 40)}a${shown.slice(41)}`,
      "MALFORMED",
    ],
    ["of a later version", () => shown.replace("LZ1:", "LZ2:"), "UNSUPPORTED_VERSION"],
    ["that is only a reference", () => "LZR:lz.example/7Qk", "UNSUPPORTED_VERSION"],
    [
      "of a vaccination pass",
      () => "HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE",
      "MALFORMED",
    ],
    ["of a shop", () => "https://shop.example/item?id=1", "MALFORMED"],
    ["without a prefix it knows", () => "WIFI:T:WPA;S:mynet;P:secret;;", "MALFORMED"],
  ])("%s is rejected", async (_what, text, code) => {
    await expectRejected(text(), "format", code);
  });

  it("of a megabyte, from a file, is rejected as too large", async () => {
    const long = shown + "0".repeat(1_000_000);
    await expectRejected(await save("long.txt", long), "format", "TOO_LARGE");
  });

  it("of another system, from a file, is not taken for a certificate file cut short", async () => {
    const file = await save("pass.txt", "HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5\n");
    const { checks } = await expectRejected(file, "format", "MALFORMED");
    expect(checks[0].detail).toContain("not a code of this system");
  });
});

describe("a picture", () => {
  const PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  it.each([
    ["without a code", () => Promise.resolve(Buffer.from(PIXEL, "base64"))],
    ["that is cut short", async () => (await QRCode.toBuffer(shown)).subarray(0, 800)],
    ["that only begins like one", () => Promise.resolve(Buffer.from("89504e470d0a1a0a00", "hex"))],
  ])("%s asks for a better one", async (_what, picture) => {
    const file = await save("picture.png", await picture());
    for (const server of [[], ["--server", world.server]]) {
      const { problem } = await world.ask(["verify", file, ...server], 65);
      expect([problem.code, problem.detail]).toEqual(["QR_NOT_FOUND", file]);
      expect(problem.remedy.zh).toContain("清晰");
    }
  });

  it("of someone else's code is rejected", async () => {
    const picture = await QRCode.toBuffer("HC1:6BFOXN*TS0BI$ZD4N9:9S6RCVN5");
    await expectRejected(await save("pass.png", picture), "format", "MALFORMED");
  });

  it("of 100 megabytes is not read", async () => {
    const file = await save("huge.png", Buffer.from(PIXEL, "base64"));
    await truncate(file, 100_000_000);
    expect((await world.ask(["verify", file], 65)).problem.code).toBe("FILE_TOO_LARGE");
  });
});

describe("the verifier", () => {
  it("refuses a body over its limit with a problem document", async () => {
    const response = await fetch(`${world.server}/v1/verifications`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ presentation: "LZ1:".padEnd(300_000, "0") }),
    });
    expect(response.status).toBe(413);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "BODY_TOO_LARGE", status: 413 });
  });

  it("still answers after all of this", async () => {
    const good = ["verify", world.certificate(0), "--server", world.server];
    expect((await world.ask(good)).verdict).toBe("accepted");
  });
});
