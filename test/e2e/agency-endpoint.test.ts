/** From an agency's claim code to a verdict at a counter, as phones do it. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fromHex } from "../../src/core/encoding/bytes.ts";
import type { DelegationOrder } from "../../src/core/holding/delegation-order.ts";
import type { DeliveredDelegation, Delivery } from "../../src/core/holding/delivery.ts";
import { decodeBinding } from "../../src/core/presentation/binding.ts";
import { startCommand, until } from "../support/command.ts";
import type { Running } from "../support/command.ts";
import { AGENCY, AGENCY_REGION, openWorld } from "../support/command-world.ts";
import type { World } from "../support/command-world.ts";
import { bytesOf, makeWallet, post, proofFrom } from "../support/wallet.ts";
import type { Wallet } from "../support/wallet.ts";

const ITEMS = join(import.meta.dirname, "../../catalogue/service-items/items.json");
const WALLET = "https://wallet.example";
/** 二级建造师变更注册, and 招标投标资格审查. */
const [MATTER, OTHER_MATTER] = ["460000-JS-0101", "460000-JS-0102"];
const SHOWN = ["holderName", "certificateNumber", "specialties", "validUntil"];

let world: World;
let verifying: Running;
let serving: Running;
let server: string;
let endpoint: string;
let clerk: string;
let wallet: Wallet;

beforeAll(async () => {
  world = await openWorld({ verifier: "no", batch: "yes" });
  const key = join(world.home, "keys", `document-${AGENCY}.key`);
  await world.ask(["key", "new", "--out", key]);
  await world.ask(["agency", "document-key", "add", AGENCY, "--public-key", key]);
  const config = world.file("serve.json");
  await writeFile(config, JSON.stringify({ listen: { port: 0 }, serviceItems: ITEMS }));
  const endpointConfig = world.file("endpoint.json");
  await writeFile(endpointConfig, JSON.stringify({ logs: { file: "endpoint.log" } }));
  const endpointOrder = ["serve", "--agency", AGENCY, "--wallet", WALLET, "--port", "0", "--json"];
  [verifying, serving] = await Promise.all([
    startCommand(world.home, ["serve", "--config", config, "--json"]),
    startCommand(world.home, [...endpointOrder, "--config", endpointConfig, "--poll", "200"]),
  ]);
  ({ server } = verifying.json as { server: string });
  ({ endpoint } = serving.json as { endpoint: string });
  const clientKey = world.file("window.key");
  const counter = ["--role", "counter", "--region", AGENCY_REGION, "--key", clientKey];
  await world.ask(["client", "add", "上海市样例窗口", ...counter]);
  clerk = (await readFile(clientKey, "utf8")).trim();
  wallet = await makeWallet(endpoint);
});
afterAll(async () => {
  await Promise.all([serving.stop(), verifying.stop()]);
  await world.close();
});

async function codeFor(index: number): Promise<string> {
  const place = ["--root", world.root, "--index", String(index)];
  return ((await world.ask(["claim", "create", ...place])) as { code: string }).code;
}

/** What a clerk is told who demands proof of the holder. */
async function judge(presentation: string, purpose: string): Promise<any> {
  const asked = { presentation, purpose, requiresHolder: true, useCause: "测试" };
  const { json } = await post(`${server}/v1/verifications`, asked, clerk);
  return { ...json, holder: json.checks.find(({ check }: any) => check === "holder") };
}

function placeOf(index: number) {
  return { root: fromHex(world.root.slice(2)) as Uint8Array, index };
}

describe("a claim code at the agency's endpoint", () => {
  it("brings the certificate, bound to the phone's key, and a counter accepts it as the holder's", async () => {
    const { status, json, delivery } = await wallet.claim(await codeFor(0));
    expect(status).toBe(200);
    expect(JSON.stringify(json)).not.toContain("holderName");
    const presentation = await wallet.show(proofFrom(delivery, SHOWN), delivery?.binding ?? null);
    const verdict = await judge(presentation, MATTER);
    expect(verdict).toMatchObject({ verdict: "accepted", holder: { result: "pass" } });
    expect(verdict.certificate.delegate).toBeNull();
  });

  it("is answered again to the same key, where the answer was lost, and to no other", async () => {
    const code = await codeFor(1);
    await wallet.claim(code);
    const again = await wallet.claim(code);
    expect(again.delivery).toMatchObject({ certificate: { batch: { index: 1 } } });
    const { json } = await (await makeWallet(endpoint)).claim(code);
    expect(json).toMatchObject({ status: 410, code: "CLAIM_CODE_ENDED" });
  });

  it("moves the certificate to the key of a later code: the key before has no more bindings", async () => {
    await wallet.claim(await codeFor(2));
    const other = await makeWallet(endpoint);
    await other.claim(await codeFor(2));
    const wish = { kind: "binding", ...placeOf(2) } as const;
    const refused = await wallet.ask("/v1/bindings", wish);
    expect(refused.json).toMatchObject({ status: 403, code: "HOLDER_KEY_OTHER" });
    const renewed = await other.ask("/v1/bindings", wish);
    expect(decodeBinding(bytesOf(renewed.json.binding as string), "binding").key).toEqual(
      other.key,
    );
  });

  it("is refused for a certificate that was revoked, whose holder gets no binding either", async () => {
    await wallet.claim(await codeFor(3));
    const code = await codeFor(3);
    await world.ask(["status", "set", "--certificate", world.certificate(3), "--to", "revoked"]);
    const wish = { kind: "binding", ...placeOf(3) } as const;
    await until("the endpoint has seen the revocation", async () => {
      const { json } = await wallet.ask("/v1/bindings", wish);
      return json.code === "CERTIFICATE_NOT_CURRENT" && json.detail === "REVOKED";
    });
    const { json } = await wallet.claim(code);
    expect(json).toMatchObject({ status: 409, code: "CERTIFICATE_NOT_CURRENT" });
  });
});

describe("showing for another", () => {
  let delegate: Wallet;
  let delegated: Delivery | null;
  let id: string;

  beforeAll(async () => {
    await wallet.claim(await codeFor(5));
    const order: DelegationOrder = {
      ...{ ...placeOf(5), delegate: "李兰", reason: "relative", matters: [MATTER] },
      ...{ claims: SHOWN, until: Math.floor(Date.now() / 1000) + 30 * 86_400 },
    };
    const made = await wallet.ask("/v1/delegations", { kind: "delegation", order });
    id = made.json.id;
    delegate = await makeWallet(endpoint);
    ({ delivery: delegated } = await delegate.claim(made.json.claimCode as string));
  });

  const show = async (): Promise<string> => {
    const names = SHOWN.filter((name) => name !== "specialties");
    return delegate.show(proofFrom(delegated, names), delegated?.binding ?? null);
  };

  it("lets the delegate fetch the claims named, and nothing of the others", () => {
    expect(delegated).toMatchObject({ delegated: { delegate: "李兰", claims: [...SHOWN].sort() } });
    const { proof } = (delegated as DeliveredDelegation).delegated;
    expect(proof.disclosed.map(({ name }) => name)).toEqual([...SHOWN].sort());
    expect(proof.claimCount).toBe(13);
  });

  it("is accepted for the matter named, by its code or its name, and the clerk sees both", async () => {
    const { holder, ...verdict } = await judge(await show(), MATTER);
    expect(verdict.verdict).toBe("accepted");
    expect(holder.words.en).toContain("whom its holder let do so");
    const grantor = verdict.claims.holderName;
    expect(verdict.certificate.delegate).toEqual({
      ...{ name: "李兰", reason: "relative", matters: [MATTER], grantor },
    });
    const purpose = "二级建造师变更注册";
    expect(await judge(await show(), purpose)).toMatchObject({ verdict: "accepted" });
    const headers = { Authorization: `Bearer ${clerk}` };
    const uses = await fetch(`${server}/v1/uses?limit=1`, { headers });
    const { items } = (await uses.json()) as { items: unknown };
    expect(items).toMatchObject([
      { isByDelegate: true, isHolderProven: true, question: { purpose, serviceItem: MATTER } },
    ]);
  });

  it("is refused for any other matter, with nothing said against the certificate", async () => {
    const verdict = await judge(await show(), OTHER_MATTER);
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
    expect(verdict.holder.code).toBe("GRANT_NOT_FOR_PURPOSE");
  });

  it("shows in the holder's list, can be taken back, and is then bound no more", async () => {
    const wish = { kind: "binding", ...placeOf(5) } as const;
    const renewed = await delegate.ask("/v1/bindings", wish);
    const lives = Date.parse(renewed.json.expiresAt as string) - Date.now();
    expect(lives).toBeLessThanOrEqual(86_400_000);
    const list = await wallet.ask("/v1/delegations/list", { kind: "delegations" });
    expect(list.json.delegations).toMatchObject([{ id, delegate: "李兰", state: "claimed" }]);

    const stranger = await delegate.ask("/v1/delegations/withdrawal", { kind: "withdrawal", id });
    expect(stranger.json.code).toBe("DELEGATION_UNKNOWN");
    const { json } = await wallet.ask("/v1/delegations/withdrawal", { kind: "withdrawal", id });
    expect(json).toMatchObject({ id, bindingsEndBy: renewed.json.expiresAt });
    const refused = await delegate.ask("/v1/bindings", wish);
    expect(refused.json).toMatchObject({ status: 410, code: "DELEGATION_ENDED" });
  });
});

describe("an agency without an endpoint", () => {
  it("binds a key by hand, and the holder shows the certificate as its own", async () => {
    const [citizen, binding] = [world.file("citizen.jwk"), world.file("citizen.binding")];
    await world.ask(["key", "new", "--out", citizen]);
    const certificate = ["--certificate", world.certificate(7)];
    const order = [...certificate, "--holder", citizen, "--out", binding];
    const { expiresAt } = await world.ask(["binding", "sign", ...order]);
    expect(await world.ask(["binding", "show", binding])).toMatchObject({
      ...{ agency: AGENCY, root: world.root, index: 7, expiresAt },
      ...{ isTrusted: true, isExpired: false, grant: null },
    });
    const shown = ["present", ...certificate, "--key", citizen, "--binding", binding];
    const { text } = await world.ask(shown);
    expect(await judge(text as string, MATTER)).toMatchObject({
      ...{ verdict: "accepted", holder: { result: "pass" } },
    });
  });

  it("is told what is wrong: another agency's key, a file that is none", async () => {
    const stray = world.file("stray.jwk");
    await world.ask(["key", "new", "--out", stray]);
    const order = ["--certificate", world.certificate(8), "--holder", stray, "--key", stray];
    const refused = await world.ask(["binding", "sign", ...order, "--out", world.file("b")], 65);
    expect(refused.problem.code).toBe("DOCUMENT_KEY_UNFIT");
    const none = await world.ask(["binding", "show", world.certificate(8)], 65);
    expect(none.problem.code).toBe("BINDING_UNREADABLE");
  });
});

describe("a claim code's link", () => {
  it("opens the wallet, and holds endpoint and code where no server sees them", async () => {
    const place = ["--root", world.root, "--index", "9"];
    const link = ["--wallet", WALLET, "--at", new URL(endpoint).host];
    const made = await world.ask(["claim", "create", ...place, ...link]);
    const { host, pathname, hash } = new URL(made.link as string);
    expect([host, pathname]).toEqual(["wallet.example", "/claim"]);
    const carried = new URLSearchParams(hash.slice(1));
    expect([carried.get("at"), carried.get("code")]).toEqual([new URL(endpoint).host, made.code]);
  });
});

describe("a browser", () => {
  it("may ask from the wallet's origin, and from no other", async () => {
    const ask = async (origin: string) => {
      const headers = { Origin: origin, "Access-Control-Request-Method": "POST" };
      const response = await fetch(`${endpoint}/v1/claims`, { method: "OPTIONS", headers });
      return [response.status, response.headers.get("Access-Control-Allow-Origin")];
    };
    expect(await ask(WALLET)).toEqual([204, WALLET]);
    expect(await ask("https://evil.example")).toEqual([405, null]);
  });
});

describe("an endpoint that is told that its log was rotated", () => {
  it("goes on in a new file, and answering", async () => {
    const file = world.file("endpoint.log");
    await rename(file, `${file}.1`);
    serving.signal("SIGHUP");
    const text = (): Promise<string> => readFile(file, "utf8").catch(() => "");
    await until("it has heard", async () => (await text()).includes("log-reopened"));
    expect((await fetch(`${endpoint}/healthz`)).status).toBe(200);
  });
});
