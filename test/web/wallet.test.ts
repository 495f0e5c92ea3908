/** What the wallet does before a page shows it: claiming, proving, drawing, keeping up. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ServiceProblem, ServiceUnreachable } from "../../clients/javascript/src/index.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { certificateToJson } from "../../src/core/certificate/certificate-file.ts";
import type { CertificateFile } from "../../src/core/certificate/certificate-file.ts";
import { parseClaimCode, writeClaimCode } from "../../src/core/identifiers/claim-code.ts";
import type { ClaimCodeText } from "../../src/core/identifiers/claim-code.ts";
import { claimRows, drawingOf, readableColour } from "../../src/web/parts/certificate-drawing.ts";
import { rosettePaths, uprightWavePaths, wavePaths } from "../../src/web/parts/guilloche.ts";
import { faultWords } from "../../src/web/parts/tell-fault.ts";
import {
  certificateFileOf,
  readCertificateFile,
} from "../../src/web/pages/wallet/certificate-files.ts";
import { judgedOn } from "../../src/web/pages/wallet/chain-record.ts";
import type { ChainRecord } from "../../src/web/pages/wallet/chain-record.ts";
import type { ClaimTools } from "../../src/web/pages/wallet/claim-certificate.ts";
import { claimCertificate } from "../../src/web/pages/wallet/claim-certificate.ts";
import { agencyNamed, parseClaimLink } from "../../src/web/pages/wallet/claim-link.ts";
import { standingOf } from "../../src/web/pages/wallet/standing.ts";
import { keepUp } from "../../src/web/pages/wallet/upkeep.ts";
import { presentForUses } from "../../src/web/pages/wallet/use-record.ts";
import { isRenewalDue } from "../../src/web/vault/renew.ts";
import type { Held, Holding, NewHolding } from "../../src/web/vault/held.ts";
import { Vault } from "../../src/web/vault/vault.ts";
import { WalletFault } from "../../src/web/vault/wallet-fault.ts";
import { MARRIAGE, NOW, YEAR, publishType, sanyaDocumentKey } from "../support/ledger-story.ts";
import { bindingFor, proofOf } from "../support/present.ts";
import { seededKey } from "../support/seeded.ts";
import { usualCase } from "../support/usual-case.ts";
import { agencyAtHand } from "./support/agency-at-hand.ts";
import type { AgencyPlan } from "./support/agency-at-hand.ts";
import { DEFINED, storyType } from "./support/story-type.ts";

const primitives = await loadPrimitives();
const type = storyType(primitives);
const CODE = parseClaimCode("0000-0000-0000-0000") as ClaimCodeText;

/** The usual case with the type's definition on the chain. */
function told(claims?: Record<string, never>) {
  const plan = { schemaVersion: DEFINED, ...(claims && { claimsOf: () => claims }) };
  const usual = usualCase(primitives, plan, { isAnchored: false });
  publishType(usual.story, MARRIAGE, { version: DEFINED, number: 2, schemaHash: type.schemaHash });
  usual.story.anchor(usual.batch);
  return usual;
}

const usual = told();
const { bearer, keyed, story } = usual;
let vault: Vault;
let count = 0;

beforeEach(async () => {
  vault = new Vault({ name: `wallet-${String(count++)}`, now: () => NOW, iterations: 1_000 });
  await vault.make("582046", { isWipedAfterTen: false });
});

afterEach(() => vault.close());

const own = (certificate: CertificateFile, changes: Partial<NewHolding> = {}): NewHolding => ({
  ...{ holding: { kind: "own", certificate }, binding: null, agencyUrl: null },
  ...{ definition: type.definition, template: type.template, ...changes },
});

const heldOf = (holding: NewHolding, changes: Partial<Held> = {}): Held => ({
  ...{ ...holding, id: "1", holderKey: null, bindingEnds: null },
  ...{ addedAt: NOW, usedAt: null, useCount: 0, status: null, ...changes },
});

const grant = { delegate: "甲", reason: "agent", matters: ["1"], grantor: null } as const;

/** A delegate's binding lives a day. */
const granted = { grant, expiresAt: NOW + 3_600 };

/** Somebody lets this wallet show the holder's name. */
function grantedUntil(until: number): Extract<Holding, { kind: "delegated" }> {
  const proof = proofOf(primitives, bearer, ["holderName"]);
  return {
    kind: "delegated",
    delegated: { ...grant, id: "0".repeat(32), proof, claims: ["holderName"], until },
  };
}

async function codeOf(doing: Promise<unknown>): Promise<string> {
  const error: unknown = await doing.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof WalletFault ? `${error.code} ${error.detail}`.trim() : String(error);
}

describe("Claiming", () => {
  const onChain = (...[holding, shower]: Parameters<ClaimTools["ask"]>): Promise<ChainRecord> =>
    judgedOn(holding, shower, { view: story.view(), now: NOW });
  const agency = (plan: Partial<AgencyPlan> = {}) => {
    return agencyAtHand(primitives, { certificate: bearer, type, now: () => NOW, ...plan });
  };
  const claim = (
    endpoint: ReturnType<typeof agency>,
    ask: typeof onChain | (() => Promise<null>) = onChain,
  ) => {
    return claimCertificate({ vault, endpoint, ask, now: () => NOW }, CODE);
  };

  test("keeps what came, proven, bound to a key of its own, with its status", async () => {
    const held = (await vault.held(await claim(agency()))) as Held;
    expect(held.holding).toEqual({ kind: "own", certificate: bearer });
    expect(held).toMatchObject({
      agencyUrl: "https://wallet.example.gov.cn",
      template: type.template,
    });
    expect(held.status).toMatchObject({ name: "active", holds: true });
    expect(held.bindingEnds).toBe(NOW + 7 * 86_400);
    const signature = await vault.sign(held.id, Uint8Array.of(1));
    const key = held.holderKey;
    expect(key && primitives.verifyEs256(key, Uint8Array.of(1), signature)).toBe(true);
  });

  test("without a verifier keeps what is proven by itself, its status not known", async () => {
    const held = await vault.held(await claim(agency(), async () => null));
    expect(held?.status).toBeNull();
  });

  test("asks again with the same key where the answer was lost", async () => {
    const endpoint = agency();
    const lost = {
      ...endpoint,
      claim: async (...order: Parameters<typeof endpoint.claim>) => {
        await endpoint.claim(...order);
        throw new ServiceUnreachable("cut");
      },
    };
    await expect(claim(lost)).rejects.toThrow(ServiceUnreachable);
    await claim(endpoint);
    expect(endpoint.claimedBy).toHaveLength(2);
    expect(new Set(endpoint.claimedBy).size).toBe(1);
  });

  const other = certificateToJson({ ...bearer, claims: keyed.claims });
  const refusals: [string, Partial<AgencyPlan>, string][] = [
    [
      "a claim that was altered",
      { altered: (json) => ({ ...json, certificate: other }) },
      "NOT_PROVEN ROOT_MISMATCH",
    ],
    ["another's binding", { binding: { key: seededKey("stranger").publicKey } }, "OTHER_KEY"],
    ["another certificate's binding", { binding: { index: 4 } }, "OTHER_KEY"],
    ["no binding", { altered: (json) => ({ ...json, binding: null }) }, "OTHER_KEY"],
    ["no certificate", { altered: () => ({}) }, "DELIVERY_UNREADABLE delivery.definition"],
    [
      "another type's definition",
      { type: { ...type, definition: { ...type.definition, version: 9 } } },
      `TYPE_ALTERED ${bearer.type}`,
    ],
    [
      "a definition that is not the chain's",
      { type: { ...type, definition: { ...type.definition, names: { zh: "假证", en: "fake" } } } },
      `TYPE_ALTERED ${bearer.type}`,
    ],
  ];
  test.each(refusals)("keeps nothing where there is %s", async (_what, plan, refusal) => {
    expect(await codeOf(claim(agency(plan)))).toBe(refusal);
    expect(await vault.list()).toEqual([]);
  });

  test("keeps what somebody lets one show: the claims of the grant, bound to a key for its matters", async () => {
    const { delegated } = grantedUntil(NOW + 86_400);
    const held = await vault.held(await claim(agency({ delegated, binding: granted })));
    expect(held?.holding).toEqual({ kind: "delegated", delegated });
    expect(held?.status).toMatchObject({ holds: true });
    const asking = { host: "verify.example", now: NOW };
    expect(await codeOf(presentForUses(vault, held as Held, asking))).toMatch("NO_HOLDER_KEY");
  });

  test("keeps no grant whose claims are another's, or whose binding a stranger signed", async () => {
    const { delegated } = grantedUntil(NOW + 86_400);
    const [claimed] = proofOf(primitives, keyed, ["holderName"]).disclosed;
    const proof = { ...delegated.proof, disclosed: claimed === undefined ? [] : [claimed] };
    const altered = agency({ delegated: { ...delegated, proof }, binding: granted });
    expect(await codeOf(claim(altered))).toBe("NOT_PROVEN ROOT_MISMATCH");
    const documentKey = seededKey("stranger's document key");
    const strangers = agency({ delegated, binding: granted, documentKey });
    expect(await codeOf(claim(strangers))).toBe("NOT_PROVEN BINDING_INVALID");
    expect(await vault.list()).toEqual([]);
  });

  test("keeps nothing that a stranger bound", async () => {
    const endpoint = agency({ documentKey: seededKey("stranger's document key") });
    expect(await codeOf(claim(endpoint))).toBe("NOT_PROVEN BINDING_INVALID");
  });

  test("keeps nothing of a batch that is not on the chain, nor what nobody can decrypt", async () => {
    const unanchored = usualCase(primitives, { seed: "other", schemaVersion: DEFINED }).bearer;
    const endpoint = agency({ certificate: unanchored });
    expect(await codeOf(claim(endpoint))).toBe("NOT_PROVEN ROOT_NOT_ANCHORED");
    const garbled = { ...endpoint, claim: async () => ({ delivery: "a.b.c.d.e" }) };
    expect(await codeOf(claim(garbled))).toBe("DELIVERY_UNREADABLE JWE");
    expect(await vault.list()).toEqual([]);
  });
});

describe("A claim link", () => {
  test("is read from what follows #, which no server sees", () => {
    expect(parseClaimLink("")).toBeNull();
    expect(parseClaimLink(`#at=WALLET.example:8090&code=${writeClaimCode(CODE)}`)).toEqual({
      ...{ at: "wallet.example:8090", code: CODE },
    });
  });

  test.each(["#at=wallet.example", "#code=0000-0000-0000-0000", "#at=a&code=1234"])(
    "that is cut short is refused: %s",
    (hash) => {
      expect(() => parseClaimLink(hash)).toThrow("LINK_MALFORMED");
    },
  );

  test("leads to agencies of the service's settings alone", () => {
    const place = { agency: "1", name: "局", url: "https://wallet.example:8090" };
    expect(agencyNamed([place], "wallet.example:8090")).toBe(place);
    expect(() => agencyNamed([place], "wallet.example.evil")).toThrow("AGENCY_UNKNOWN");
  });
});

describe("What the chain says of what is held", () => {
  test("revoked, with the words of the judge", async () => {
    const { story: other, bearer: revoked, batch } = told();
    other.setStatus(batch, revoked.batch.index, 5);
    const { status, refusal } = await judgedOn(own(revoked), null, {
      view: other.view(),
      now: NOW,
    });
    expect(status).toMatchObject({ name: "REVOKED", holds: false });
    expect(refusal).toBeNull();
  });

  test("of somebody else's certificate likewise, though nothing of it is told", async () => {
    const binding = bindingFor(bearer, seededKey("delegate"), sanyaDocumentKey);
    const holding = grantedUntil(NOW);
    const { status } = await judgedOn(own(bearer, { holding, binding }), null, {
      view: story.view(),
      now: NOW,
    });
    expect(status).toMatchObject({ name: "active", holds: true });
    const page = drawingOf(own(bearer, { holding, binding }), { isMasked: false });
    expect(page.fields.map(({ text }) => text)).toEqual(["王小明3"]);
  });

  test("is not known where the view is too old, and not taken for good where the type is another", async () => {
    const old = await judgedOn(own(bearer), null, { view: story.view(NOW - 100_000), now: NOW });
    expect(old.status).toMatchObject({ name: "CHAIN_STALE", holds: null });
    const definition = { ...type.definition, names: { zh: "假证", en: "fake" } };
    const otherType = await judgedOn(own(bearer, { definition }), null, {
      view: story.view(),
      now: NOW,
    });
    expect(otherType.status).toMatchObject({ name: "TYPE_ALTERED", holds: null });
  });
});

describe("How it stands", () => {
  const good = { name: "active", words: { zh: "有效", en: "in force" }, holds: true, asOf: NOW };
  const end = bearer.notAfter as number;
  const rows: [string, Partial<Held>, number, string, string][] = [
    ["in force", { status: good }, NOW, "good", "有效"],
    ["not asked yet", {}, NOW, "unsure", "尚未查询状态"],
    [
      "revoked",
      { status: { ...good, holds: false, words: { zh: "已吊销", en: "revoked" } } },
      NOW,
      "bad",
      "已吊销",
    ],
    [
      "can't be told",
      { status: { ...good, holds: null, words: { zh: "数据过旧", en: "old" } } },
      NOW,
      "unsure",
      "数据过旧",
    ],
    ["expired", { status: good }, end + 1, "bad", "已过期"],
    ["not yet in force", { status: good }, bearer.notBefore - 1, "bad", "尚未生效"],
  ];
  test.each(rows)("%s", (_what, changes, now, tone, zh) => {
    expect(standingOf(heldOf(own(bearer), changes), now)).toMatchObject({ tone, words: { zh } });
  });

  test("says when it ends within 30 days, and when a grant does", () => {
    const held = heldOf(own(bearer), { status: good });
    expect(standingOf(held, end - 12 * 86_400).endsSoon).toBe(end);
    expect(standingOf(held, end - 40 * 86_400).endsSoon).toBeNull();
    const forever = heldOf(own({ ...bearer, notAfter: null }), { status: good });
    expect(standingOf(forever, end + YEAR)).toMatchObject({ tone: "good", endsSoon: null });
    const holding = grantedUntil(NOW + 86_400);
    const granted = heldOf(own(bearer, { holding }), {
      status: good,
    });
    expect(standingOf(granted, NOW).endsSoon).toBe(NOW + 86_400);
    expect(standingOf(granted, NOW + 86_401).words.zh).toBe("授权已到期");
  });
});

describe("The picture", () => {
  test("is the PDF's page: title, number, statement, fields; sensitive claims masked until they are revealed", () => {
    const page = drawingOf(own(bearer), { isMasked: true, revealed: new Set(["住址"]) });
    expect(page).toMatchObject({
      colour: "#a3182a",
      isLandscape: false,
      title: type.definition.names,
    });
    expect(page.number?.text).toBe("3");
    expect(page.statement?.zh).toBe("王小明3，准予登记，发给此证。");
    expect(page.warning?.zh).toMatch("示范样例");
    const texts = Object.fromEntries(page.fields.map(({ label, text }) => [label.zh, text]));
    expect(texts).toMatchObject({
      出生日期: "***",
      住址: "三亚市吉阳区解放路1号",
      是否初婚: "***",
      子女: "王一、王二",
    });
  });

  const odd = {
    holderName: "\u202e明王\n有效期：长期",
    birthDate: "1990-05-17",
    registryNumber: 1,
    住址: "很".repeat(10_000),
    children: ["محمد علی", "王<b>二</b>"],
    isFirst: true,
  };

  test("shows no control character as what it does, cuts 10,000 characters, isolates Arabic, and knows no HTML", () => {
    const held = own(told(odd as never).bearer);
    const page = drawingOf(held, { isMasked: false });
    const texts = Object.fromEntries(page.fields.map(({ label, text }) => [label.zh, text]));
    expect(texts["持证人"]).toBe("⟨U+202E⟩明王⟨U+000A⟩有效期：长期");
    expect([...(texts["住址"] as string)]).toHaveLength(161);
    expect(texts["子女"]).toBe("\u2068محمد علی\u2069、王<b>二</b>");
    const whole = claimRows(held).find(({ name }) => name === "住址");
    expect(whole?.masked).toMatch(/^\*+$/);
    expect(whole?.whole).toHaveLength(10_000);
  });

  test("of a type that is not known, and of one that can't be drawn, shows names and hides values", () => {
    const broken = { ...type.definition, provenance: undefined as never };
    for (const definition of [null, broken]) {
      const page = drawingOf(own(bearer, { definition, template: null }), { isMasked: true });
      expect(page.fields.map(({ label }) => label.zh)).toContain("holderName");
      if (definition === null) expect(page.fields[0]?.text).toBe("***");
    }
    expect(claimRows(own(bearer, { definition: null })).every((row) => row.isSensitive)).toBe(true);
  });

  test("lets a template have its colour as long as one can read it on paper", () => {
    expect(readableColour("#1f4e79", "#8c2f23")).toBe("#1f4e79");
    expect(readableColour("#ffe08a", "#8c2f23")).toBe("#8c2f23");
    expect(readableColour("#000000", "#8c2f23")).toBe("#000000");
  });

  test("has a border whose waves meet where a tile ends", () => {
    for (const path of wavePaths(28, 14, 4)) {
      const points = path.slice(1).split("L");
      expect(points[0]?.split(" ")[1]).toBe(points.at(-1)?.split(" ")[1]);
    }
    expect(uprightWavePaths(14, 28, 4)).toHaveLength(4);
    expect(rosettePaths({ radius: 10, depth: 0.5, petals: 8, turns: 2 })[0]).toMatch(
      /^M10\.00|^M7\.50/,
    );
  });
});

describe("A certificate file", () => {
  const fileOf = (text: string) => new Blob([text]);
  const none = async () => null;

  test("goes out under a name that tells nothing, and comes in as it was", async () => {
    const { name, text } = certificateFileOf(bearer);
    expect(name).toMatch(/^[0-9a-f]{8}-3\.lzc\.json$/);
    const holding = await readCertificateFile(fileOf(text), none);
    expect(holding).toMatchObject({
      holding: { kind: "own", certificate: bearer },
      definition: null,
    });
    const known = await readCertificateFile(fileOf(text), async () => type);
    expect(known).toMatchObject({ definition: type.definition, template: type.template });
  });

  test("that is none, is cut short, was altered or is too large is not kept", async () => {
    const json = certificateToJson(bearer);
    const other = JSON.stringify({ ...json, notAfter: null });
    expect(await codeOf(readCertificateFile(fileOf("{}"), none))).toBe("FILE_MALFORMED format");
    expect(await codeOf(readCertificateFile(fileOf("{"), none))).toBe("FILE_MALFORMED certificate");
    expect(await codeOf(readCertificateFile(fileOf(other), none))).toBe("NOT_PROVEN ROOT_MISMATCH");
    const long = " ".repeat(1_048_577);
    expect(await codeOf(readCertificateFile(fileOf(long), none))).toBe(
      "FILE_TOO_LARGE certificate",
    );
    const huge = { size: 5_000_000, text: async () => "" };
    expect(await codeOf(readCertificateFile(huge, none))).toBe("FILE_TOO_LARGE");
  });
});

describe("Keeping up while there is a network", () => {
  test("looks up a status that is old, leaves one that is new, and goes on where one fails", async () => {
    const asked: string[] = [];
    const id = await vault.add(own(bearer), null);
    await vault.add(own(keyed), null);
    const record = await judgedOn(own(bearer), null, { view: story.view(), now: NOW });
    const ask = async (held: Held) => {
      asked.push(held.id);
      if (held.id !== id) throw new ServiceUnreachable("cut");
      return record;
    };
    await keepUp({ vault, ask, now: () => NOW });
    await keepUp({ vault, ask, now: () => NOW });
    expect(asked.filter((one) => one === id)).toHaveLength(1);
    expect(asked).toHaveLength(3);
    expect((await vault.held(id))?.status).toEqual(record.status);
  });

  test("renews a binding in the last third of its life", () => {
    const binding = bindingFor(bearer, seededKey("holder"), sanyaDocumentKey, {
      issuedAt: NOW,
      expiresAt: NOW + 900,
    });
    const held = heldOf(own(bearer, { binding, agencyUrl: "https://wallet.example.gov.cn" }));
    expect([0, 599, 601, 2_000].map((after) => isRenewalDue(held, NOW + after))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(isRenewalDue({ ...held, binding: null }, NOW)).toBe(false);
    expect(isRenewalDue({ ...held, agencyUrl: null }, NOW + 800)).toBe(false);
  });
});

describe("The use record", () => {
  test("is asked for with a code that names the verifier and tells no claim", async () => {
    const endpoint = agencyAtHand(primitives, { certificate: bearer, type, now: () => NOW });
    const id = await claimCertificate(
      { vault, endpoint, ask: async () => null, now: () => NOW },
      CODE,
    );
    const held = (await vault.held(id)) as Held;
    const qr = await presentForUses(vault, held, { host: "verify.example", now: NOW });
    const verdict = usual.judge(
      { qr },
      { now: NOW, maxLedgerAge: 3600, audience: "uses@verify.example", requiresHolder: true },
    );
    const failed = verdict.checks
      .filter(({ result }) => result !== "pass")
      .map(({ check }) => check);
    expect(failed).toEqual(["recognition", "disclosure"]);
    expect(verdict.certificate?.claims.size).toBe(0);
  });

  test("of what has no key here can't be asked for", async () => {
    const asking = { host: "verify.example", now: NOW };
    expect(await codeOf(presentForUses(vault, heldOf(own(bearer)), asking))).toBe(
      "NO_HOLDER_KEY 1",
    );
  });
});

describe("What went wrong", () => {
  const problem = {
    code: "CLAIM_CODE_UNKNOWN",
    words: { zh: "没有", en: "none" },
    remedy: { zh: "核对", en: "compare" },
  };
  const faults: [unknown, string, string][] = [
    [new WalletFault("PIN_WRONG", "1"), "密码不对", ""],
    [
      new WalletFault("NOT_PROVEN", "ROOT_MISMATCH"),
      "证照与链上记录对不上，不能证明是真的",
      "ROOT_MISMATCH",
    ],
    [new ServiceProblem(problem as never), "没有", "CLAIM_CODE_UNKNOWN"],
    [
      new ServiceProblem({ ...problem, code: "UNAUTHENTICATED" } as never),
      "窗口密钥不对，或已停用",
      "UNAUTHENTICATED",
    ],
    [new ServiceUnreachable("cut"), "连不上网络服务", ""],
    [new TypeError("x"), "本页出了意外的问题", "TypeError"],
    ["odd", "本页出了意外的问题", ""],
  ];
  test.each(faults.map(([fault, ...words]) => [...words, fault] as const))(
    "is told in words: %s %s",
    (zh, code, fault) => {
      expect(faultWords(fault)).toMatchObject({ words: { zh }, code });
    },
  );
});
