/** From a verification to its record, its receipt, and the same verdict again later. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createLocalJWKSet, compactVerify } from "jose";
import { decodeCbor } from "../../../src/core/encoding/cbor.ts";
import { toHex } from "../../../src/core/encoding/bytes.ts";
import { judgeAgain } from "../../../src/app/uses/judge-again.ts";
import { LoggedUses } from "../../../src/app/uses/logged-uses.ts";
import { readReceipt } from "../../../src/app/uses/receipt.ts";
import type { ReceiptLedger } from "../../../src/app/uses/receipt.ts";
import { certificatePseudonym } from "../../../src/app/uses/use-of.ts";
import type { ReceiptReference, UseFacts } from "../../../src/app/uses/use-recorder.ts";
import { UsesDesk } from "../../../src/app/uses/uses-desk.ts";
import type { Question } from "../../../src/app/verify-presentation.ts";
import { judgeNow } from "../../../src/app/verify-presentation.ts";
import { Problem } from "../../../src/core/problem.ts";
import { decodeEntry } from "../../../src/core/uses/entry.ts";
import type { Use } from "../../../src/core/uses/use.ts";
import type { Given, LedgerView } from "../../../src/core/verify/case.ts";
import { readGiven } from "../../../src/core/verify/checks/format.ts";
import { primitives } from "../../../src/main/system.ts";
import type { Client } from "../../../src/ports/clients.ts";
import type { KeptLine, NewLine, UseLog } from "../../../src/ports/use-log.ts";
import { clientOf } from "../../support/access.ts";
import { chainInMemory } from "../../support/chain-in-memory.ts";
import { CAUSE, PUBLIC_HOST, SERVICE_KEYS } from "../../support/counter-desk.ts";
import { HANGZHOU, IDENTITY, NOW } from "../../support/ledger-story.ts";
import { fileOf } from "../../support/present.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";
import { CHALLENGE, COUNTER, holder, stranger, usualCase } from "../../support/usual-case.ts";

const usual = usualCase(primitives);
const ledger = { chainId: IDENTITY.chainId, directory: IDENTITY.directory };
const clerk = clientOf("counter", { id: "C-CLERK001", name: COUNTER, region: HANGZHOU.region });
const auditor = clientOf("auditor", { id: "C-AUDITOR1" });
const STRICT: Question = {
  region: HANGZHOU.region,
  purpose: "婚姻登记信息查询",
  audience: COUNTER,
  nonce: CHALLENGE,
  requiresHolder: true,
  requiredClaims: ["birthDate"],
};
const tools = { primitives, clock: { now: () => NOW }, maxLedgerAge: 3_600 };

let service: OpenedServiceStore;
let view: LedgerView;
let chain: ReturnType<typeof chainInMemory>;
let strands = 0;

beforeAll(async () => {
  service = await openServiceAt(":memory:");
  const { state, block } = usual.story.view();
  chain = chainInMemory(usual.story.events, block.number);
  view = {
    state,
    block: (await chain.block(block.number)) as never,
    asOf: NOW - 5,
    pending: new Set(),
  };
});
afterAll(() => service.store.close());

function loggedUses(
  log: Pick<UseLog, "append" | "ofCall"> = service.store.uses,
  of: ReceiptLedger = ledger,
): LoggedUses {
  return new LoggedUses({
    ...{ log, primitives, keys: SERVICE_KEYS, publicHost: PUBLIC_HOST, ledger: of },
    clock: tools.clock,
    newStrandId: () => (++strands).toString(16).padStart(12, "0"),
  });
}

function facts(
  given: Given,
  changes: Partial<UseFacts> = {},
  asked = STRICT,
  seen: LedgerView | null = view,
): UseFacts {
  const judged = judgeNow(tools, seen, readGiven(given), asked);
  const caller = { client: clerk, address: "192.0.2.1" };
  return { caller, judged, given, mode: "qr", useCause: CAUSE, claims: ["birthDate"], ...changes };
}

function deskOf(changes: Partial<ConstructorParameters<typeof UsesDesk>[0]> = {}): UsesDesk {
  return new UsesDesk({
    ...{ ...tools, keys: SERVICE_KEYS, publicHost: PUBLIC_HOST, ledger, log: service.store.uses },
    recorder: loggedUses(),
    clients: { read: () => Promise.resolve({ revision: 1, clients: [clerk], credentials: [] }) },
    view: () => view,
    ...changes,
  });
}

const by = (client: Client | null) => ({ client, address: "192.0.2.1" });
const keys = [{ keyId: SERVICE_KEYS.keyId, ...SERVICE_KEYS.publicKey }];

async function usesOf(uses: LoggedUses, ...all: UseFacts[]): Promise<Use[]> {
  const references = await Promise.all(all.map((use) => uses.record(use)));
  const lines = await Promise.all(references.map((place) => service.store.uses.find(place)));
  return lines.map((line) => decodeEntry((line as KeptLine).entry).use);
}

describe("a repeated call whose first attempt died after it had kept the use", () => {
  const attempted = (number: number, call: string): Partial<UseFacts> => {
    return { caller: { ...by(clerk), attempt: { call, number, begunAt: NOW } } };
  };
  const kept = (call: string, given: Given): Promise<ReceiptReference> =>
    loggedUses().record(facts(given, attempted(1, call)));

  it("is given the receipt of then, at any instance, and leaves no second use", async () => {
    const given = usual.signed();
    const first = await kept("call-1", given);
    const again = await loggedUses().recordSigned(facts(given, attempted(2, "call-1")));
    expect(again).toMatchObject(first);
    const receipt = readReceipt(primitives, again.receipt, keys);
    expect(receipt).toMatchObject({ id: first.id, use: { verdict: "accepted" } });
  });

  it("leaves a use of its own where it was kept for another call, or ended otherwise", async () => {
    const given = usual.signed();
    const first = await kept("call-2", given);
    const other = await loggedUses().record(facts(given, attempted(2, "call-3")));
    const blind = facts(given, attempted(2, "call-2"), STRICT, null);
    const otherwise = await loggedUses().record(blind);
    expect(new Set([first.id, other.id, otherwise.id]).size).toBe(3);
  });

  it("is told nothing where nobody can look for it", async () => {
    const lost = (): Promise<never> => Promise.reject(new Problem("STORE_UNREACHABLE", "pg"));
    const uses = loggedUses({ ...service.store.uses, ofCall: lost });
    const again = uses.record(facts(usual.signed(), attempted(2, "call-4")));
    await expect(again).rejects.toMatchObject({
      code: "USE_NOT_KEPT",
      detail: "STORE_UNREACHABLE",
    });
  });
});

describe("the record of a verification", () => {
  it("says when, who, what for, which claims, how it ended and on which state of the chain", async () => {
    const [use] = (await usesOf(loggedUses(), facts(usual.signed()))) as [Use];
    expect(use).toMatchObject({
      ...{ at: NOW, mode: "qr", client: clerk.id, claims: ["birthDate"], verdict: "accepted" },
      ...{ results: "pppppppppp", codes: [] },
      question: {
        region: HANGZHOU.region,
        purpose: STRICT.purpose,
        audience: COUNTER,
        nonce: CHALLENGE,
      },
      position: { block: view.block.number, asOf: NOW - 5, isPending: false },
    });
    expect(`0x${toHex((use.position as never as { hash: Uint8Array }).hash)}`).toBe(
      view.block.hash,
    );
  });

  it("holds no value of a claim, no name, no words of the cause, no root and no address", async () => {
    const reference = await loggedUses().record(facts(usual.signed()));
    const { entry } = (await service.store.uses.find(reference)) as KeptLine;
    const text = Buffer.from(entry).toString("latin1") + Buffer.from(entry).toString("utf8");
    const values = usual.keyed.claims.flatMap(({ value }) =>
      typeof value === "string" && value.length > 3 ? [value] : [],
    );
    expect(values.length).toBeGreaterThan(1);
    for (const secret of [...values, CAUSE, "192.0.2.1"]) expect(text).not.toContain(secret);
    expect(toHex(entry)).not.toContain(usual.keyed.batch.root.toString().slice(2));
    expect(decodeCbor(entry)).toBeInstanceOf(Array);
  });

  it("has the same pseudonym for each use of a certificate, and another for another", async () => {
    const [one, again, other] = await usesOf(
      loggedUses(),
      facts(usual.signed()),
      facts(fileOf(usual.keyed)),
      facts(usual.printed()),
    );
    expect(one?.certificate).toEqual(again?.certificate);
    expect(one?.certificate).not.toEqual(other?.certificate);
    expect(one?.shown).not.toEqual(again?.shown);
  });

  it("names no certificate that was not proven: nobody fills a holder's list by writing its number", async () => {
    const { batch } = usual.keyed;
    const forged = { ...usual.keyed, notBefore: 1, batch };
    const [use, unread] = await usesOf(
      loggedUses(),
      facts(fileOf(forged)),
      facts({ qr: "LZ1:NOTHING" }),
    );
    expect(use).toMatchObject({ certificate: null, verdict: "rejected" });
    expect(use?.codes).toContain("ROOT_MISMATCH");
    expect(unread).toMatchObject({ certificate: null, codes: ["MALFORMED"] });
  });

  it("keeps nothing that just anyone wrote", async () => {
    const anyone = { caller: by(null), useCause: null, claims: [] };
    const [use] = await usesOf(loggedUses(), facts(usual.signed(), anyone));
    expect(use).toMatchObject({
      ...{ client: null, cause: null, claims: [] },
      question: { purpose: null, audience: null, nonce: null, requiredClaims: [] },
    });
  });

  it("says so where the chain was never reached, and where the batch was not final", async () => {
    const pending: LedgerView = { ...view, pending: new Set([...view.state.anchors.keys()]) };
    const [blind, early] = await usesOf(
      loggedUses(),
      facts(usual.signed(), {}, STRICT, null),
      facts(usual.signed(), {}, STRICT, pending),
    );
    expect(blind).toMatchObject({ position: null, verdict: "indeterminate" });
    expect(early?.position?.isPending).toBe(true);
  });
});

describe("the strand of a process", () => {
  it("names the ledger that its verdicts rest on, also where none was met when it began", async () => {
    const place = { ...ledger, chainId: 0 };
    const uses = loggedUses(undefined, place);
    const before = await uses.record(facts(usual.signed(), {}, STRICT, null));
    place.chainId = ledger.chainId;
    const after = await uses.record(facts(usual.signed()));
    const strands = await service.store.uses.strands();
    const headers = [before, after].map(({ strand }) => strands.find(({ id }) => id === strand));
    const chains = headers.map((known) => decodeCbor(known?.header ?? new Uint8Array()));
    expect(chains).toMatchObject([
      [1, before.strand, 0, ledger.directory, NOW],
      [1, after.strand, ledger.chainId, ledger.directory, NOW],
    ]);
  });
});

describe("a strand that can't be written", () => {
  const failing = (append: UseLog["append"]): LoggedUses =>
    loggedUses({ ...service.store.uses, append });

  it("fails the verification, and begins another: no line comes after one that is not there", async () => {
    const seen: NewLine[] = [];
    let isDown = true;
    const uses = failing((line) => {
      seen.push(line);
      if (isDown) return Promise.reject(new Problem("DISK_FAILED", "full"));
      return Promise.resolve(true);
    });
    const refused = uses.record(facts(usual.signed()));
    await expect(refused).rejects.toMatchObject({ code: "USE_NOT_KEPT", detail: "DISK_FAILED" });
    expect(uses.length).toBe(0);
    isDown = false;
    await uses.record(facts(usual.signed()));
    expect(seen.map(({ number }) => number)).toEqual([1, 1]);
    expect(seen[0]?.strand.id).not.toBe(seen[1]?.strand.id);
  });

  it("tries once more in a new strand what came after a line that was lost", async () => {
    const answers = [false, true];
    const seen: string[] = [];
    const uses = failing((line) => {
      seen.push(line.strand.id);
      return Promise.resolve(answers.shift() ?? true);
    });
    const { strand, number } = await uses.record(facts(usual.signed()));
    expect(new Set(seen).size).toBe(2);
    expect({ strand, number }).toEqual({ strand: seen[1], number: 1 });
    expect(uses.length).toBe(1);
  });

  it("gives up where that fails too", async () => {
    const uses = failing(() => Promise.resolve(false));
    await expect(uses.record(facts(usual.signed()))).rejects.toMatchObject({
      code: "USE_NOT_KEPT",
    });
  });

  it("goes on in the strand of those that were kept meanwhile", async () => {
    const uses = loggedUses();
    const all = await Promise.all(
      Array.from({ length: 5 }, () => uses.record(facts(usual.signed()))),
    );
    expect(all.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(all.map(({ strand }) => strand)).size).toBe(1);
  });
});

describe("a receipt", () => {
  it("is a JWS that jose verifies with the keys of /v1/keys", async () => {
    const { receipt, id, hash } = await loggedUses().recordSigned(facts(usual.signed()));
    const jwks = createLocalJWKSet(deskOf().keySet() as never);
    const { payload, protectedHeader } = await compactVerify(receipt, jwks);
    expect(protectedHeader).toEqual({
      alg: "ES256",
      typ: "lz-receipt+jwt",
      kid: SERVICE_KEYS.keyId,
    });
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
      ...{ iss: `https://${PUBLIC_HOST}`, iat: NOW, jti: id, hash, ledger },
      use: {
        at: "2026-04-11T00:00:00Z",
        client: clerk.id,
        verdict: "accepted",
        isHolderProven: true,
      },
    });
  });

  it("is read back as it was signed", async () => {
    const { receipt, ...reference } = await loggedUses().recordSigned(facts(usual.signed()));
    const read = readReceipt(primitives, `${receipt}\n`, keys);
    expect(read).toMatchObject({ ...reference, ledger, issuer: `https://${PUBLIC_HOST}` });
    expect(read.use.client).toBe(clerk.id);
  });

  it("is refused with one character changed, and with keys that are not the service's", async () => {
    const { receipt } = await loggedUses().recordSigned(facts(usual.signed()));
    const read =
      (text: string, known = keys) =>
      () =>
        readReceipt(primitives, text, known);
    const [header, content, signature] = receipt.split(".") as [string, string, string];
    const changed = Buffer.from(content, "base64url").toString().replace("accepted", "rejected");
    const forged = [header, Buffer.from(changed).toString("base64url"), signature].join(".");
    expect(read(forged)).toThrow("RECEIPT_SIGNATURE_INVALID");
    expect(read(receipt, [])).toThrow("RECEIPT_SIGNATURE_INVALID");
    expect(read(`${header}.${content}.!!`)).toThrow("RECEIPT_SIGNATURE_INVALID");
    const others = keys.map(({ keyId, x }) => ({ keyId, x, y: "AAAA" }));
    expect(read(receipt, others)).toThrow("RECEIPT_SIGNATURE_INVALID");
  });

  it("is told from what is none", async () => {
    const { receipt } = await loggedUses().recordSigned(facts(usual.signed()));
    const [, content = "", signature = ""] = receipt.split(".");
    const part = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString("base64url");
    const texts = [
      ...["", "hello", "a.b.c", `${receipt}.more`, `${part(null)}.${content}.${signature}`],
      `${part({ alg: "none", typ: "lz-receipt+jwt" })}.${content}.`,
      `${part({ alg: "ES256", typ: "JWT", kid: SERVICE_KEYS.keyId })}.${content}.${signature}`,
    ];
    for (const text of texts) {
      expect(() => readReceipt(primitives, text, keys)).toThrow("RECEIPT_MALFORMED");
    }
  });

  it("with content that no service writes is refused, whoever signed it", () => {
    const signed = (content: object): string => {
      const part = (json: unknown): string =>
        Buffer.from(JSON.stringify(json)).toString("base64url");
      const header = part({ alg: "ES256", typ: "lz-receipt+jwt", kid: SERVICE_KEYS.keyId });
      const message = `${header}.${part(content)}`;
      const signature = SERVICE_KEYS.sign(new TextEncoder().encode(message));
      return `${message}.${Buffer.from(signature).toString("base64url")}`;
    };
    const whole = { iss: "https://x", hash: "00", ledger, entry: "gA" };
    for (const content of [{}, { ...whole, ledger: null }, { ...whole, entry: "!" }, whole]) {
      expect(() => readReceipt(primitives, signed(content), keys)).toThrow("RECEIPT_MALFORMED");
    }
  });

  it("is given to its client and to auditors; to others it is not there", async () => {
    const { id, hash } = await loggedUses().record(facts(usual.signed()));
    const desk = deskOf();
    const own = await desk.receipt(by(clerk), id);
    expect(own).toMatchObject({ id, hash });
    expect(readReceipt(primitives, own.receipt, keys).id).toBe(id);
    expect((await desk.receipt(by(auditor), id)).id).toBe(id);
    const strangers = [
      by(clientOf("counter", { id: "C-OTHER001" })),
      by(clientOf("administrator")),
      by(null),
    ];
    for (const caller of strangers) {
      await expect(desk.receipt(caller, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    for (const unknown of ["x", "ffffffffffff-1"]) {
      await expect(desk.receipt(by(auditor), unknown)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });

  it("of anyone's use is nobody's who has no credential", async () => {
    const { id } = await loggedUses().record(facts(usual.signed(), { caller: by(null) }));
    await expect(deskOf().receipt(by(null), id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("judging again what a receipt is about", () => {
  const receiptOf = async (use: UseFacts) => {
    return readReceipt(primitives, (await loggedUses().recordSigned(use)).receipt, keys);
  };

  it.each([
    ["accepted", () => facts(usual.signed())],
    ["rejected", () => facts(usual.signed(), {}, { ...STRICT, requiredClaims: ["noSuchClaim"] })],
    ["rejected as somebody else's", () => facts(usual.signed({}, stranger))],
    ["rejected as a file", () => facts(fileOf(usual.keyed), { mode: "file" })],
    ["a bearer's", () => facts(usual.printed(), {}, { region: HANGZHOU.region })],
    [
      "for a past day",
      () => facts(usual.printed(), {}, { at: NOW - 9_999, asKnownAt: NOW - 5_000 }),
    ],
    ["unreadable", () => facts({ qr: "LZ1:NOTHING" })],
    ["on no chain", () => facts(usual.signed(), {}, STRICT, null)],
  ])("gives the same verdict: %s", async (_what, make) => {
    const use = make();
    const receipt = await receiptOf(use);
    const again = await judgeAgain({ chain, primitives }, receipt, use.given);
    expect(again.differences).toEqual([]);
    expect(again.verdict?.verdict).toBe(use.judged.verdict.verdict);
  });

  it("gives the same verdict for a batch that was not final, and for one that was shown before", async () => {
    const late = usualCase(primitives, {}, { isAnchored: false });
    const { state } = late.story.view();
    const at = await chain.block(1);
    const blank = { state, block: at as never, asOf: NOW, pending: new Set<string>() };
    const batch = [...usual.story.view().state.anchors.keys()][0] as string;
    const use = facts(late.signed(), {}, STRICT, { ...blank, pending: new Set([batch]) });
    expect(use.judged.verdict.checks[2]).toMatchObject({ code: "ANCHOR_NOT_FINAL" });
    const receipt = await receiptOf(use);
    const early = { ...chain, events: () => Promise.resolve(late.story.events) };
    expect(
      (await judgeAgain({ chain: early, primitives }, receipt, use.given)).differences,
    ).toEqual([]);
    const accepted = facts(usual.signed());
    const replayed = { ...accepted.judged.request, isReplayed: true };
    const { judge } = await import("../../../src/core/verify/verify.ts");
    const verdict = judge(readGiven(accepted.given), view, replayed, primitives);
    const shown = { ...accepted, judged: { verdict, view, request: replayed } };
    const again = await judgeAgain({ chain, primitives }, await receiptOf(shown), accepted.given);
    expect(again).toMatchObject({ differences: [], verdict: { verdict: "rejected" } });
  });

  it("gives the same verdict for a use before the chain was met, of which only the directory was known", async () => {
    const use = facts(usual.signed(), {}, STRICT, null);
    const receipt = await receiptOf(use);
    const unmet = { ...receipt, ledger: { ...ledger, chainId: 0 } };
    const again = await judgeAgain({ chain, primitives }, unmet, use.given);
    expect(again).toMatchObject({ differences: [], verdict: { verdict: "indeterminate" } });
    const elsewhere = { ...unmet, ledger: { chainId: 0, directory: `0x${"d2".repeat(20)}` } };
    const other = await judgeAgain({ chain, primitives }, elsewhere, use.given);
    expect(other.differences).toMatchObject([{ what: "ledger" }]);
  });

  it("says that it is another ledger, or not what was shown, before it judges anything", async () => {
    const use = facts(usual.signed());
    const receipt = await receiptOf(use);
    const other = { ...chain, identity: { ...IDENTITY, chainId: 1 } };
    const elsewhere = await judgeAgain({ chain: other, primitives }, receipt, use.given);
    expect(elsewhere).toMatchObject({ verdict: null, differences: [{ what: "ledger" }] });
    const another = await judgeAgain({ chain, primitives }, receipt, usual.printed());
    expect(another).toMatchObject({ verdict: null, differences: [{ what: "shown" }] });
  });

  it("says that the block is another one now", async () => {
    const use = facts(usual.signed());
    const receipt = await receiptOf(use);
    const block = async (number: number) => ({ number, hash: `0x${"ff".repeat(32)}`, time: NOW });
    const again = await judgeAgain({ chain: { ...chain, block }, primitives }, receipt, use.given);
    expect(again.differences.map(({ what }) => what)).toEqual(["block"]);
  });

  it("can't be done on a node that has not that block", async () => {
    const use = facts(usual.signed());
    const receipt = await receiptOf(use);
    const block = () => Promise.resolve(null);
    const again = judgeAgain({ chain: { ...chain, block }, primitives }, receipt, use.given);
    await expect(again).rejects.toMatchObject({ code: "RPC_FAULT" });
  });

  it("says what differs where a service signed another verdict than the judge gives", async () => {
    const use = facts(usual.signed());
    const { verdict } = facts(usual.signed({}, stranger)).judged;
    const lying = await receiptOf({ ...use, judged: { ...use.judged, verdict } });
    const again = await judgeAgain({ chain, primitives }, lying, use.given);
    expect(again.differences.map(({ what }) => what)).toEqual(["verdict", "checks", "codes"]);
    expect(again.differences[0]).toMatchObject({ receipt: "rejected", now: "accepted" });
  });
});

describe("who may see which uses", () => {
  it("lets an auditor list all or one client's, page after page", async () => {
    const uses = loggedUses();
    const other = clientOf("counter", { id: "C-OTHER002" });
    for (const client of [clerk, other, clerk])
      await uses.record(facts(usual.signed(), { caller: by(client) }));
    const desk = deskOf();
    const all = await desk.list(by(auditor), { limit: 1_000 });
    expect(all.items.map(({ client }) => client)).toContain(other.id);
    expect(all.next).toBeNull();
    const one = await desk.list(by(auditor), { client: other.id, limit: 10, from: NOW, to: NOW });
    expect(one.items).toHaveLength(1);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const order = cursor === "" ? { limit: 3 } : { limit: 3, cursor };
      const page = await desk.list(by(auditor), order);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(seen).toEqual(all.items.map(({ id }) => id));
  });

  it("lets a counter list its own alone", async () => {
    const desk = deskOf();
    const { items } = await desk.list(by(clerk), { limit: 1_000 });
    expect(new Set(items.map(({ client }) => client))).toEqual(new Set([clerk.id]));
    expect((await desk.list(by(clerk), { client: clerk.id, limit: 1 })).items).toHaveLength(1);
    const refused = desk.list(by(clerk), { client: "C-OTHER002", limit: 1 });
    await expect(refused).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it.each(["", "x", "1-x", "1800000000", "-1-0000000000aa-1"])(
    "refuses %j as a cursor",
    async (cursor) => {
      const refused = deskOf().list(by(auditor), { limit: 1, cursor });
      await expect(refused).rejects.toMatchObject({ code: "PARAMETER_INVALID" });
    },
  );
});

describe("a holder who asks where the certificate was used", () => {
  const AUDIENCE = `uses@${PUBLIC_HOST}`;
  const shownFor = (audience: string, key = holder): string => {
    return (usual.signed({ audience }, key) as { qr: string }).qr;
  };

  it("is told who, when, for what and which claims, and nothing of others' certificates", async () => {
    const uses = loggedUses();
    await uses.record(facts(usual.printed()));
    const { id } = await uses.record(facts(usual.signed()));
    const { items } = await deskOf().ofHolder(shownFor(AUDIENCE), { limit: 1_000 });
    expect(items[0]).toEqual({
      id,
      at: "2026-04-11T00:00:00Z",
      client: { id: clerk.id, name: COUNTER },
      region: HANGZHOU.region,
      purpose: STRICT.purpose,
      claims: ["birthDate"],
      mode: "qr",
      isHolderProven: true,
      isByDelegate: false,
      verdict: "accepted",
    });
    const mine = certificatePseudonym(SERVICE_KEYS, proofOf());
    const lines = await service.store.uses.list({ certificate: mine, most: 1_000 });
    expect(items).toHaveLength(lines.length);
  });

  function proofOf() {
    const shown = readGiven(usual.signed());
    if ("result" in shown) throw new Error("unreadable");
    return shown.proof;
  }

  it("is told that someone with a phone looked, and of a client that is no longer known its number", async () => {
    const uses = loggedUses();
    const gone = clientOf("counter", { id: "C-GONE0001" });
    await uses.record(facts(usual.signed(), { caller: by(gone) }));
    await uses.record(facts(usual.signed(), { caller: by(null), useCause: null, claims: [] }));
    const { items } = await deskOf().ofHolder(shownFor(AUDIENCE), { limit: 2 });
    expect(items.map(({ client }) => client)).toEqual([null, { id: gone.id, name: null }]);
  });

  it.each([
    ["for a counter", () => shownFor(COUNTER)],
    ["for another service", () => shownFor("uses@other.example.gov.cn")],
    ["by somebody else's phone", () => shownFor(AUDIENCE, stranger)],
    ["that is printed", () => (usual.printed() as { qr: string }).qr],
    ["that is nothing", () => "LZ1:NOTHING"],
    [
      "that has run out",
      () =>
        (
          usual.signed({ audience: AUDIENCE, issuedAt: NOW - 400, expiresAt: NOW - 340 }) as {
            qr: string;
          }
        ).qr,
    ],
  ])("is told nothing for a code %s", async (_what, code) => {
    const refused = deskOf().ofHolder(code(), { limit: 1 });
    await expect(refused).rejects.toMatchObject({ code: "HOLDER_NOT_PROVEN" });
  });

  it("is told nothing for a signed code that names nobody", async () => {
    const { qr } = usual.signed({ audience: undefined as never }) as { qr: string };
    const refused = deskOf().ofHolder(qr, { limit: 1 });
    await expect(refused).rejects.toMatchObject({ code: "HOLDER_NOT_PROVEN", detail: "audience" });
  });

  it("is asked to wait where the chain can't be read", async () => {
    const blind = deskOf({ view: () => null }).ofHolder(shownFor(AUDIENCE), { limit: 1 });
    await expect(blind).rejects.toMatchObject({ code: "NOT_READY" });
  });
});
