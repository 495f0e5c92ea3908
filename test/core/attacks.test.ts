/** Attacks that worked on other systems, tried on this one. Each names where it was seen. */
import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { rootOfPath } from "../../src/core/batch/path.ts";
import { batchRoot, buildBatchTree, hashPair } from "../../src/core/batch/tree.ts";
import { claimLeaf, encodeClaim } from "../../src/core/certificate/claim.ts";
import { certificateLeaf } from "../../src/core/certificate/leaf.ts";
import { concatBytes, equalBytes } from "../../src/core/encoding/bytes.ts";
import type { CborValue, ClaimValue } from "../../src/core/encoding/cbor.ts";
import { Tagged, decodeCbor, encodeCbor } from "../../src/core/encoding/cbor.ts";
import type { P256PublicKey } from "../../src/core/hashing.ts";
import { suiteHash } from "../../src/core/hashing.ts";
import {
  decodeSign1,
  encodeSign1,
  keyToCbor,
  sign1Message,
} from "../../src/core/presentation/cose.ts";
import type { PresentationContent } from "../../src/core/presentation/presentation.ts";
import { encodePresentationContent } from "../../src/core/presentation/presentation.ts";
import type { DisclosedClaim } from "../../src/core/presentation/proof.ts";
import { toQrText } from "../../src/core/presentation/qr-text.ts";
import type { Given } from "../../src/core/verify/case.ts";
import { readGiven, replayKeyOf } from "../../src/core/verify/checks/format.ts";
import { certificateAt, issueBatch } from "../support/certificate-batch.ts";
import { HANGZHOU, NOW, SANYA, keyAdded } from "../support/ledger-story.ts";
import { outcomesOf } from "../support/outcomes.ts";
import type { CertificateJson } from "../support/present.ts";
import {
  bearerWire,
  bindingFor,
  jsonOf,
  proofOf,
  qrOf,
  signPayload,
  signedWire,
} from "../support/present.ts";
import { seededBytes, seededKey } from "../support/seeded.ts";
import {
  CHALLENGE,
  COUNTER,
  PLAIN,
  STRICT,
  holder,
  stranger,
  usualCase,
} from "../support/usual-case.ts";
import { cpuTimeOf } from "../support/cpu-time.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const { batch, bearer, keyed, judge } = usual;
const hash = suiteHash(primitives, 1);
const proof = proofOf(primitives, bearer);
const EASY = { now: NOW, maxLedgerAge: 3600 };
const ANSWER = { audience: COUNTER, nonce: CHALLENGE };

/** P-256's order, and the two halves of a signature as numbers. */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
const toBytes = (number: bigint): Uint8Array => {
  return new Uint8Array(Buffer.from(number.toString(16).padStart(64, "0"), "hex"));
};

/** What the holder signs for the strict counter, with another key or signature in its place. */
function payloadFor(changes: Partial<PresentationContent> = {}): Uint8Array {
  const times = { issuedAt: NOW, expiresAt: NOW + 60 };
  const content = { proof: proofOf(primitives, keyed), holderKey: holder.publicKey };
  return encodePresentationContent({ ...content, ...times, ...ANSWER, ...changes });
}

function holderOutcome(signature: Uint8Array, payload = payloadFor()): string {
  return outcomesOf(judge(qrOf(encodeSign1({ payload, signature })), STRICT)).holder;
}

describe("Merkle trees", () => {
  it("a 64-byte value is no inner node: claims, leaves and nodes are hashed apart (OpenZeppelin #3091)", () => {
    const [left, right] = [seededBytes("left", 32), seededBytes("right", 32)];
    const inner = hash(concatBytes(Uint8Array.of(1), left, right));
    const claim = {
      salt: left.slice(0, 16),
      name: "x",
      value: Buffer.from(right).toString("latin1"),
    };
    expect(encodeClaim(claim)[0]).toBe(0x83);
    expect(claimLeaf(hash, claim)).not.toEqual(inner);
    expect(hash(concatBytes(left, right))).not.toEqual(inner);
    let preimage = new Uint8Array();
    const holderless = {
      holder: left,
      claimsRoot: right,
      claimCount: 1,
      notBefore: 0,
      notAfter: 0,
    };
    certificateLeaf((bytes) => (preimage = bytes.slice()), { ...holderless, index: 0 });
    expect(preimage).toHaveLength(91);
  });

  it("an inner node passed as a leaf leads to the root, but nobody can show a node (lido-oracle #804)", () => {
    const [own, sibling] = [proof.path.slice(0, 32), proof.path.slice(32)];
    const leaf = certificateLeaf(hash, { ...proof, ...bareLeafOf(proof) });
    const node = hashPair(hash, leaf, own);
    expect(rootOfPath(hash, node, sibling)).toEqual(bearer.batch.root);
    const shortened = judge(qrOf(bearerWire({ ...proof, path: sibling })), EASY);
    expect(outcomesOf(shortened).integrity).toBe("ROOT_MISMATCH");
    const asClaims = { ...proof, disclosed: [], claimsProof: [node], path: sibling };
    expect(outcomesOf(judge(qrOf(bearerWire(asClaims)), EASY)).integrity).toBe("ROOT_MISMATCH");
  });

  it("a duplicated last leaf gives another root, and no phantom certificate (CVE-2012-2459)", () => {
    const [a, b, c] = [1, 2, 3].map((i) => seededBytes(String(i), 32)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const three = batchRoot(buildBatchTree(hash, concatBytes(a, b, c)));
    const four = batchRoot(buildBatchTree(hash, concatBytes(a, b, c, c)));
    expect(three).not.toEqual(four);
    const last = proofOf(primitives, certificateAt(batch, 4));
    const phantom = judge(qrOf(bearerWire({ ...last, index: 5 })), EASY);
    expect(outcomesOf(phantom).integrity).toBe("ROOT_MISMATCH");
  });

  it("a zero node proves nothing (CVE-2023-34459)", () => {
    const zero = new Uint8Array(32);
    for (const path of [
      zero,
      concatBytes(zero, zero),
      concatBytes(zero, proof.path),
      concatBytes(proof.path, zero),
    ]) {
      const verdict = judge(qrOf(bearerWire({ ...proof, path })), EASY);
      expect(outcomesOf(verdict).integrity).toBe("ROOT_MISMATCH");
    }
    const asRoot = judge(qrOf(bearerWire({ ...proof, root: zero, path: zero })), EASY);
    expect(outcomesOf(asRoot)).toMatchObject({
      integrity: "ROOT_MISMATCH",
      anchor: "ROOT_NOT_ANCHORED",
    });
  });

  it("an empty path proves nothing but a batch of one (OpenZeppelin #5142)", () => {
    const verdict = judge(qrOf(bearerWire({ ...proof, path: new Uint8Array(0) })), EASY);
    expect(outcomesOf(verdict).integrity).toBe("ROOT_MISMATCH");
    const own = certificateLeaf(hash, { ...proof, ...bareLeafOf(proof) });
    const selfMade = judge(
      qrOf(bearerWire({ ...proof, root: own, path: new Uint8Array(0) })),
      EASY,
    );
    expect(outcomesOf(selfMade)).toMatchObject({ integrity: "pass", anchor: "ROOT_NOT_ANCHORED" });
    expect(selfMade).toMatchObject({ verdict: "rejected", authentic: false });
  });

  it("an empty tree has no root, and an empty list of claims none either", () => {
    expect(() => buildBatchTree(hash, new Uint8Array(0))).toThrow(RangeError);
    const empty = judge(
      qrOf(bearerWire({ ...proof, claimCount: 0, disclosed: [], claimsProof: [] })),
      EASY,
    );
    expect(outcomesOf(empty).format).toBe("MALFORMED");
    const nothing = judge(qrOf(bearerWire({ ...proof, disclosed: [], claimsProof: [] })), EASY);
    expect(outcomesOf(nothing).integrity).toBe("ROOT_MISMATCH");
  });

  it("a forged claim can't hide behind a proven one at the same position", () => {
    const [proven, ...others] = proof.disclosed as [DisclosedClaim, ...DisclosedClaim[]];
    const forged = { ...proven, name: `${proven.name.slice(0, -1)}A`, value: "1900-01-01" };
    const both = { ...proof, disclosed: [forged, proven, ...others] };
    expect(forged.name < proven.name).toBe(true);
    expect(outcomesOf(judge(qrOf(bearerWire(both)), EASY)).format).toBe("MALFORMED");
  });

  it("a hash left over is not ignored (solidity-merkle-trees #57)", () => {
    for (const extra of [seededBytes("extra", 32), ...proof.claimsProof]) {
      const claimsProof = [...proof.claimsProof, extra];
      expect(outcomesOf(judge(qrOf(bearerWire({ ...proof, claimsProof })), EASY)).integrity).toBe(
        "ROOT_MISMATCH",
      );
    }
  });

  it("another batch's certificate does not prove under this batch's root", () => {
    const other = proofOf(primitives, certificateAt(issueBatch(primitives, { seed: "other" }), 3));
    const moved = { ...other, root: bearer.batch.root };
    expect(outcomesOf(judge(qrOf(bearerWire(moved)), EASY)).integrity).toBe("ROOT_MISMATCH");
  });
});

function bareLeafOf({ disclosed }: typeof proof) {
  const leaves = disclosed.map((claim) => claimLeaf(hash, claim));
  return { holder: new Uint8Array(32), claimsRoot: rfc6962(leaves) };
}

function rfc6962(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return hash(concatBytes(Uint8Array.of(1), rfc6962(leaves.slice(0, k)), rfc6962(leaves.slice(k))));
}

describe("signatures", () => {
  const zero = new Uint8Array(32);
  const good = holder.sign(sign1Message(payloadFor()));
  const [r, s] = [good.slice(0, 32), good.slice(32)];

  it("the usual one is good, so that the others fail for their own reason", () => {
    expect(holderOutcome(good)).toBe("pass");
  });

  it.each<[string, Uint8Array]>([
    ["r = s = 0, the psychic signature (CVE-2022-21449)", concatBytes(zero, zero)],
    ["r = 0", concatBytes(zero, s)],
    ["s = 0", concatBytes(r, zero)],
    ["r = n", concatBytes(toBytes(N), s)],
    ["s = n", concatBytes(r, toBytes(N))],
    ["r and s all ones", new Uint8Array(64).fill(0xff)],
    ["r = 1, s = 1", concatBytes(toBytes(1n), toBytes(1n))],
    ["r and s exchanged", concatBytes(s, r)],
    ["r − n, past 256 bits", concatBytes(toBytes(2n ** 256n - (N - toNumber(r))), s)],
  ])("%s is not a signature", (_, signature) => {
    expect(holderOutcome(signature)).toBe("SIGNATURE_INVALID");
  });

  it.each<[string, Uint8Array]>([
    ["63 bytes", good.slice(1)],
    ["65 bytes, as with a recovery byte (CVE-2022-35961)", concatBytes(good, Uint8Array.of(27))],
    ["no bytes", new Uint8Array(0)],
    ["DER", new Uint8Array([0x30, 0x44, 0x02, 0x20, ...r, 0x02, 0x20, ...s])],
  ])("%s are no signature at all", (_, signature) => {
    const verdict = judge(qrOf(encodeSign1({ payload: payloadFor(), signature })), STRICT);
    expect(outcomesOf(verdict).format).toBe("MALFORMED");
  });

  it("the other form of a signature (n − s) does not make a used code new (CVE-2022-35961)", () => {
    const other = concatBytes(r, toBytes(N - toNumber(s)));
    expect(holderOutcome(other)).toBe("pass");
    const [one, two] = [good, other].map((signature) =>
      qrOf(encodeSign1({ payload: payloadFor(), signature })),
    );
    expect(one).not.toEqual(two);
    const keyOf = (given: unknown) => replayKeyOf(primitives, readGiven(given as Given));
    expect(keyOf(one)).toBe(keyOf(two));
  });

  it.each<[string, P256PublicKey]>([
    ["a point that is not on the curve", { x: holder.publicKey.x, y: stranger.publicKey.y }],
    ["the point (0, 0)", { x: zero, y: zero }],
    ["coordinates past the field", { x: zero.map(() => 0xff), y: zero.map(() => 0xff) }],
    [
      "secp256k1's generator",
      {
        x: toBytes(0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n),
        y: toBytes(0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n),
      },
    ],
  ])("%s is no key of anybody", (_, holderKey) => {
    const bound = proofOf(primitives, bearer);
    const payload = payloadFor({ proof: bound, holderKey });
    expect(holderOutcome(good, payload)).toBe("SIGNATURE_INVALID");
    expect(primitives.verifyEs256(holderKey, sign1Message(payload), good)).toBe(false);
  });

  it("a signature over something else of the holder's does not count", () => {
    const login = encodeCbor([
      "Signature1",
      Uint8Array.of(0xa1, 1, 0x26),
      new Uint8Array(1),
      payloadFor(),
    ]);
    expect(holderOutcome(holder.sign(login))).toBe("SIGNATURE_INVALID");
    expect(holderOutcome(holder.sign(payloadFor()))).toBe("SIGNATURE_INVALID");
    const bindingMessage = holder.sign(sign1Message(bindingFor(bearer, holder, holder)));
    expect(holderOutcome(bindingMessage)).toBe("SIGNATURE_INVALID");
  });

  it("no algorithm but ES256 can be chosen by what is shown (CVE-2022-23540)", () => {
    const payload = payloadFor();
    const algorithms = [
      new Map<number, CborValue>(),
      new Map([[1, 5]]),
      new Map([[1, -257]]),
      new Map([[1, "none"]]),
    ];
    for (const algorithm of algorithms) {
      const wire = encodeCbor(new Tagged(18, [encodeCbor(algorithm), new Map(), payload, good]));
      expect(outcomesOf(judge(qrOf(wire), STRICT)).format).toBe("MALFORMED");
    }
  });
});

describe("trust that brings itself along", () => {
  const impostor = seededKey("a key inside the presentation");

  it("a key inside the code never makes an issuer: a self-made pass (VaxiCode, Québec 2021)", () => {
    const forged = issueBatch(primitives, { seed: "forged", holders: [impostor.publicKey] });
    const wire = signedWire(proofOf(primitives, certificateAt(forged, 0)), impostor, ANSWER);
    const verdict = judge(qrOf(wire), STRICT);
    expect(outcomesOf(verdict)).toMatchObject({
      integrity: "pass",
      anchor: "ROOT_NOT_ANCHORED",
      holder: "pass",
    });
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it("a binding signed by the holder instead of the agency is worth nothing", () => {
    const verdict = judge(usual.bound({}, holder), STRICT);
    expect(outcomesOf(verdict).holder).toBe("BINDING_INVALID");
  });

  it("a binding signed by another agency's key is worth nothing", () => {
    const { story, judge: judgeThere, bound } = usualCase(primitives);
    const key = { agency: HANGZHOU.code, keyId: `0x${"77".repeat(32)}`, validFrom: 0 };
    story.tell(keyAdded(impostor.publicKey, key));
    expect(outcomesOf(judgeThere(bound({}, impostor), STRICT)).holder).toBe("BINDING_INVALID");
  });

  it("an issuer's address or key in the code is refused, not fetched", () => {
    const map = decodeCbor(bearerWire(proof)) as Map<number, CborValue>;
    for (const [label, value] of [
      [1, "https://evil.example/keys"],
      [2, "sub"],
      [-1, keyToCbor(impostor.publicKey)],
    ] as const) {
      const wire = encodeCbor(new Map([...map, [label, value]]));
      expect(outcomesOf(judge(qrOf(wire), PLAIN)).format).toBe("UNSUPPORTED_VERSION");
    }
  });

  it("a certificate revoked after it was shown is refused the next time (DIVOC #862)", () => {
    const { story, batch: own, signed, judge: judgeThere } = usualCase(primitives);
    expect(judgeThere(signed(), STRICT).verdict).toBe("accepted");
    story.setStatus(own, 1, 5);
    expect(outcomesOf(judgeThere(signed(), STRICT)).status).toBe("REVOKED");
  });

  it("a distrusted key's certificates are refused at the next look, even in a known batch (DCC 2021)", () => {
    const { story, signed, judge: judgeThere } = usualCase(primitives);
    expect(judgeThere(signed(), STRICT).verdict).toBe("accepted");
    story.tell({
      kind: "OperatorDistrusted",
      agency: SANYA.code,
      account: SANYA.operator,
      since: 0,
    });
    expect(outcomesOf(judgeThere(signed(), STRICT)).issuer).toBe("ANCHOR_DISTRUSTED");
  });
});

describe("a code shown again", () => {
  it("a photographed code is refused 61 seconds later, and every second after that", () => {
    const photographed = usual.signed();
    for (const later of [61, 62, 300, 3600, 86_400, 86_400 * 365]) {
      const request = { ...STRICT, now: NOW + later };
      const verdict = judge(photographed, request, usual.story.view(NOW + later));
      expect(outcomesOf(verdict).freshness).toBe("PRESENTATION_EXPIRED");
      expect(verdict.verdict).toBe("rejected");
    }
  });

  it("its time can't be moved without the holder's key", () => {
    const { signature } = decodeSign1(
      signedWire(proofOf(primitives, keyed), holder, ANSWER),
      "code",
    );
    const later = { issuedAt: NOW + 61, expiresAt: NOW + 121 };
    expect(holderOutcome(signature, payloadFor(later))).toBe("SIGNATURE_INVALID");
  });

  it("leaving the time out of a signed code does not make it eternal", () => {
    const map = decodeCbor(payloadFor()) as Map<number, CborValue>;
    map.delete(4);
    map.delete(6);
    const wire = signPayload(encodeCbor(map), holder);
    expect(outcomesOf(judge(qrOf(wire), STRICT)).format).toBe("MALFORMED");
  });

  it("taking the signature off leaves a code that proves no holder", () => {
    const map = decodeCbor(payloadFor()) as Map<number, CborValue>;
    expect(outcomesOf(judge(qrOf(encodeCbor(map)), STRICT)).format).toBe("MALFORMED");
    map.delete(8);
    const verdict = judge(qrOf(encodeCbor(map)), STRICT);
    expect(outcomesOf(verdict)).toMatchObject({
      integrity: "ROOT_MISMATCH",
      holder: "HOLDER_PROOF_REQUIRED",
    });
  });
});

describe("malformed codes", () => {
  const wire = bearerWire(proof);
  const text = toQrText(wire);

  it("a code that is not even base45 is not accepted (VerificaC19 #185)", () => {
    for (const qr of ["LZ1:fuck you", "LZ1:FUCK YOU!", "LZ1:ÄÖÜ", "LZ1:证照"]) {
      expect(outcomesOf(judge({ qr }, PLAIN)).format).toBe("MALFORMED");
    }
  });

  it("bytes after the end are not ignored (EU DCC)", () => {
    for (const tail of [[0], [0xf6], [0xff], [...wire]]) {
      const longer = concatBytes(wire, Uint8Array.from(tail));
      expect(outcomesOf(judge(qrOf(longer), PLAIN)).format).toBe("MALFORMED");
    }
    const { payload, signature } = decodeSign1(signedWire(proof, holder), "code");
    const inside = concatBytes(payload, Uint8Array.of(0));
    const resigned = signPayload(inside, holder);
    expect(signature).toHaveLength(64);
    expect(outcomesOf(judge(qrOf(resigned), PLAIN)).format).toBe("MALFORMED");
  });

  it.each([
    ["a byte order mark before it (SMART Health Cards)", `\uFEFF${text}`],
    ["a space before it", ` ${text}`],
    ["a line end after it", `${text}\n`],
    ["the prefix of a health certificate", text.replace("LZ1:", "HC1:")],
    ["the prefix twice", `LZ1:${text}`],
    ["small letters", text.toLowerCase()],
    ["a character missing", text.slice(0, -1)],
    ["a zero byte in the middle", `${text.slice(0, 50)}\0${text.slice(51)}`],
  ])("a code with %s is not read", (_, qr) => {
    expect(outcomesOf(judge({ qr }, PLAIN)).format).toBe("MALFORMED");
  });

  it("nothing is ever decompressed: a deflated code is only bytes (admin-ch #56)", async () => {
    const { deflateSync } = await import("node:zlib");
    const bomb = new Uint8Array(deflateSync(Buffer.alloc(1_000_000)));
    expect(outcomesOf(judge(qrOf(bomb), PLAIN)).format).toBe("MALFORMED");
  });

  it("a text of a megabyte is refused before it is read", async () => {
    const texts = [
      "LZ1:".padEnd(1_000_000, "0"),
      "https://x/q#".padEnd(1_000_000, "A"),
      "x".repeat(4097),
    ];
    const milliseconds = await cpuTimeOf(() => {
      for (const qr of texts) {
        expect(outcomesOf(judge({ qr }, PLAIN)).format).toBe("TOO_LARGE");
      }
    });
    expect(milliseconds).toBeLessThan(500);
  });

  it.each([
    ["4 billion members", "9b0000000100000000"],
    ["members past all counting", "9bffffffffffffffff"],
    ["bytes past all counting", "5bffffffffffffffff"],
    ["lists in lists", "81".repeat(2000)],
    ["tags in tags", "d2".repeat(2000)],
  ])("a code that announces %s is refused at once", async (_, hex) => {
    const hostile = new Uint8Array(Buffer.from(hex, "hex"));
    const milliseconds = await cpuTimeOf(() => {
      expect(outcomesOf(judge(qrOf(hostile), PLAIN)).format).toBe("MALFORMED");
    });
    expect(milliseconds).toBeLessThan(500);
  });
});

describe("certificate files", () => {
  function outcomesWith(change: (file: CertificateJson) => unknown, of = bearer) {
    const certificate = jsonOf(of);
    change(certificate);
    return outcomesOf(judge({ certificate }, PLAIN));
  }
  const claim = (file: CertificateJson, name: string) => {
    return file.claims.find((one) => one.name === name) as CertificateJson["claims"][number];
  };

  it("a member that nothing proves is refused, not shown (w3c/vc-data-integrity #272)", () => {
    expect(outcomesWith((file) => (file["degree"] = "PhD")).format).toBe("MALFORMED");
    expect(outcomesWith((file) => (file.batch["issuer"] = "国务院")).format).toBe("MALFORMED");
    const shown = (file: CertificateJson) =>
      Object.assign(claim(file, "holderName"), { label: "x" });
    expect(outcomesWith(shown).format).toBe("MALFORMED");
  });

  it("__proto__ as a member is refused, and pollutes nothing", () => {
    const text = JSON.stringify(jsonOf(bearer)).replace("{", '{"__proto__":{"usable":true},');
    const certificate: unknown = JSON.parse(text);
    expect(outcomesOf(judge({ certificate }, PLAIN)).format).toBe("MALFORMED");
    expect(({} as { usable?: unknown }).usable).toBeUndefined();
  });

  it("__proto__ as a claim's name and inside its value is a name like any other", () => {
    const value = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":1}') as ClaimValue;
    const named = JSON.parse('{"__proto__":"x","holderName":"王小明"}') as Record<
      string,
      ClaimValue
    >;
    Object.assign(named, { scope: value });
    const own = usualCase(primitives, { claimsOf: () => named });
    const proven = proofOf(primitives, own.bearer);
    const verdict = own.judge(qrOf(bearerWire(proven)), PLAIN);
    expect(verdict.verdict).toBe("accepted");
    expect([...(verdict.certificate?.claims.keys() ?? [])]).toEqual([
      "__proto__",
      "holderName",
      "scope",
    ]);
    expect(Object.keys(verdict.certificate?.claims.get("scope") as object)).toEqual([
      "__proto__",
      "constructor",
    ]);
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined();
    expect(own.judge({ certificate: jsonOf(own.bearer) }, PLAIN).verdict).toBe("accepted");
  });

  it("an empty list or map slipped into a value breaks the root (OpenAttestation)", () => {
    const scope = { holderName: "王小明", scope: { area: "三亚" } };
    const own = usualCase(primitives, { claimsOf: () => scope });
    const outcomeOf = (value: unknown): string => {
      const certificate = jsonOf(own.bearer);
      claim(certificate, "scope").value = value;
      return outcomesOf(own.judge({ certificate }, PLAIN)).integrity;
    };
    expect(outcomeOf({ area: "三亚" })).toBe("pass");
    for (const added of [[], {}, [[]], null, ""]) {
      expect(outcomeOf({ area: "三亚", children: added })).toBe("ROOT_MISMATCH");
    }
    expect(outcomeOf([{ area: "三亚" }])).toBe("ROOT_MISMATCH");
    expect(outcomeOf({})).toBe("ROOT_MISMATCH");
    expect(outcomeOf([])).toBe("ROOT_MISMATCH");
  });

  it.each<[string, string, unknown]>([
    ["true for text", "isFirst", "true"],
    ["true for a number", "isFirst", 1],
    ["true for null", "isFirst", null],
    ["a number for text", "registryNumber", "3"],
    ["a number for a list of it", "registryNumber", [3]],
    ["text for a list of it", "holderName", ["王小明3"]],
    ["a list for its first member", "children", "王一"],
    ["a list for a map", "children", { 0: "王一", 1: "王二" }],
    ["a list's order", "children", ["王二", "王一"]],
    ["text for text that looks alike", "holderName", "王小明3 "],
  ])("taking %s breaks the root (OpenAttestation)", (_, name, value) => {
    expect(outcomesWith((file) => (claim(file, name).value = value)).integrity).toBe(
      "ROOT_MISMATCH",
    );
  });

  it("a claim can't be renamed, copied over from another certificate, or taken out", () => {
    const others = jsonOf(certificateAt(batch, 2));
    expect(outcomesWith((file) => (claim(file, "isFirst").name = "isFirstborn")).integrity).toBe(
      "ROOT_MISMATCH",
    );
    expect(outcomesWith((file) => (file.claims = others.claims)).integrity).toBe("ROOT_MISMATCH");
    expect(outcomesWith((file) => file.claims.pop()).integrity).toBe("ROOT_MISMATCH");
  });

  it("its dates can't be moved or hidden: they are in the leaf", () => {
    const expired = usualCase(primitives, { notAfter: NOW - 1 });
    const outcomes = (changes: object) => {
      const certificate = { ...jsonOf(expired.bearer), ...changes };
      return outcomesOf(expired.judge({ certificate }, PLAIN));
    };
    expect(outcomes({}).validity).toBe("EXPIRED");
    expect(outcomes({ notAfter: null }).integrity).toBe("ROOT_MISMATCH");
    expect(outcomes({ notAfter: "2099-01-01T00:00:00Z" }).integrity).toBe("ROOT_MISMATCH");
    expect(outcomes({ notAfter: undefined }).format).toBe("MALFORMED");
    const hidden = { ...proofOf(primitives, expired.bearer, ["holderName"]), notAfter: null };
    expect(outcomesOf(expired.judge(qrOf(bearerWire(hidden)), PLAIN)).integrity).toBe(
      "ROOT_MISMATCH",
    );
    const withheld = proofOf(primitives, expired.bearer, ["holderName"]);
    expect(outcomesOf(expired.judge(qrOf(bearerWire(withheld)), PLAIN)).validity).toBe("EXPIRED");
  });

  it("a key can be written neither over the holder's nor into a bearer certificate", () => {
    const outcomeOf = (certificate: object, key: string | null): string => {
      return outcomesOf(judge({ certificate: { ...certificate, holder: key } }, PLAIN)).integrity;
    };
    const thumbprint = String(jsonOf(keyed)["holder"]);
    expect(outcomeOf(jsonOf(keyed), thumbprint)).toBe("pass");
    expect(outcomeOf(jsonOf(keyed), null)).toBe("ROOT_MISMATCH");
    expect(outcomeOf(jsonOf(keyed), `0x${"11".repeat(32)}`)).toBe("ROOT_MISMATCH");
    expect(outcomeOf(jsonOf(bearer), thumbprint)).toBe("ROOT_MISMATCH");
  });

  it("a salt that is guessed wrong shows nothing of a hidden claim", () => {
    const shown = proofOf(primitives, bearer, ["holderName"]);
    const guess = { ...certificateAt(batch, 3).claims.find(({ name }) => name === "birthDate") };
    const leaf = claimLeaf(hash, {
      name: "birthDate",
      value: guess.value ?? "",
      salt: seededBytes("guess", 16),
    });
    expect(shown.claimsProof.some((hidden) => equalBytes(hidden, leaf))).toBe(false);
  });
});
