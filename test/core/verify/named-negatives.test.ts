/**
 * Codes that must not be accepted, each by its name and for its own reason: a list to hold any verifier against.
 * The usual ones, from which they are made, are accepted.
 */
import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { fromHex } from "../../../src/core/encoding/bytes.ts";
import { Tagged, decodeCbor, encodeCbor } from "../../../src/core/encoding/cbor.ts";
import type { CborValue } from "../../../src/core/encoding/cbor.ts";
import { decodeSign1 } from "../../../src/core/presentation/cose.ts";
import { fromQrText, toPrintText, toQrText } from "../../../src/core/presentation/qr-text.ts";
import type { Given } from "../../../src/core/verify/case.ts";
import type { CheckName } from "../../../src/core/verify/codes.ts";
import { NOW } from "../../support/ledger-story.ts";
import { outcomesOf } from "../../support/outcomes.ts";
import { proofOf, qrOf, signPayload, signedWire } from "../../support/present.ts";
import {
  CHALLENGE,
  COUNTER,
  PLAIN,
  STRICT,
  holder,
  stranger,
  usualCase,
} from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const printed = (usual.printed() as { qr: string }).qr;
const printedWire = fromQrText(printed);
const signedQr = (usual.signed() as { qr: string }).qr;
const { payload, signature } = decodeSign1(fromQrText(signedQr), "code");

type Members = Map<number, CborValue>;
type Edit<T> = (value: T) => CborValue | undefined;

/** The printed code with something else in its map. */
function withMap(edit: (map: Members) => void): Given {
  const map = decodeCbor(printedWire, "code") as unknown as Members;
  const copy = new Map(map);
  edit(copy);
  return qrOf(encodeCbor(copy));
}

/** The printed code with another value as the n-th member of its proof. */
function withMember(n: number, edit: Edit<CborValue>): Given {
  return withMap((map) => {
    const members = [...(map.get(CERTIFICATE) as CborValue[])];
    map.set(CERTIFICATE, replaced(members, n, edit));
  });
}

/** The printed code with another first claim: [position, salt, name, value]. */
function withClaim(n: number, edit: Edit<CborValue>): Given {
  return withMember(DISCLOSED, (claims) => {
    const [first, ...others] = claims as CborValue[][];
    return [replaced([...(first ?? [])], n, edit), ...others];
  });
}

function replaced(list: CborValue[], n: number, edit: Edit<CborValue>): CborValue[] {
  const value = edit(list[n] as CborValue);
  if (value === undefined) list.splice(n, 1);
  else list[n] = value;
  return list;
}

/** The holder's code with something else in what is signed, signed again by the holder. */
function signedWith(edit: (map: Members) => void): Given {
  const map = new Map(decodeCbor(payload, "payload") as unknown as Members);
  edit(map);
  return qrOf(signPayload(encodeCbor(map), holder));
}

/** The holder's code with other parts of its COSE_Sign1. */
function sign1With(edit: (parts: CborValue[]) => CborValue[], tag = 18): Given {
  const parts: CborValue[] = [Uint8Array.of(0xa1, 1, 0x26), new Map(), payload, signature];
  return qrOf(encodeCbor(new Tagged(tag, edit(parts))));
}

function hexQr(hex: string): Given {
  return qrOf(fromHex(hex) as Uint8Array);
}

const CERTIFICATE = -65537;
const [SUITE, AGENCY, ROOT, INDEX, NOT_BEFORE, NOT_AFTER, COUNT, DISCLOSED, CLAIMS_PROOF, PATH] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
] as const;
const AUD = 3;
const EXP = 4;
const IAT = 6;
const CNF = 8;
const NONCE = 10;
const bytes = (value: CborValue): Uint8Array => value as Uint8Array;
const flipped = (value: CborValue): Uint8Array =>
  bytes(value).map((byte, i) => (i === 0 ? byte ^ 1 : byte));

type Negative = readonly [name: string, check: CheckName, code: string, make: () => Given];

const TEXTS: readonly Negative[] = [
  ["an empty text", "format", "MALFORMED", () => ({ qr: "" })],
  ["a prefix and nothing else", "format", "MALFORMED", () => ({ qr: "LZ1:" })],
  ["a web address of somebody else", "format", "MALFORMED", () => ({ qr: "https://a.example/x" })],
  ["a payment code", "format", "MALFORMED", () => ({ qr: "weixin://wxpay/bizpayurl?pr=abc" })],
  ["a health code's prefix", "format", "MALFORMED", () => ({ qr: printed.replace("LZ1", "HC1") })],
  ["a later version", "format", "UNSUPPORTED_VERSION", () => ({ qr: printed.replace("1", "2") })],
  [
    "a reference code",
    "format",
    "UNSUPPORTED_VERSION",
    () => ({ qr: `LZR:a.cn/${"A".repeat(22)}` }),
  ],
  ["a small prefix", "format", "MALFORMED", () => ({ qr: printed.replace("LZ1", "lz1") })],
  ["small letters", "format", "MALFORMED", () => ({ qr: `LZ1:${printed.slice(4).toLowerCase()}` })],
  ["a space before", "format", "MALFORMED", () => ({ qr: ` ${printed}` })],
  ["a line end after", "format", "MALFORMED", () => ({ qr: `${printed}\n` })],
  ["a byte order mark before", "format", "MALFORMED", () => ({ qr: `\ufeff${printed}` })],
  [
    "a mark of direction inside",
    "format",
    "MALFORMED",
    () => ({ qr: `LZ1:\u202e${printed.slice(4)}` }),
  ],
  [
    "a zero byte inside",
    "format",
    "MALFORMED",
    () => ({ qr: `${printed.slice(0, 40)}\0${printed.slice(41)}` }),
  ],
  ["a character too few", "format", "MALFORMED", () => ({ qr: printed.slice(0, -1) })],
  ["a character too many", "format", "MALFORMED", () => ({ qr: `${printed}0` })],
  ["half of it", "format", "MALFORMED", () => ({ qr: printed.slice(0, printed.length / 2) })],
  ["itself twice", "format", "MALFORMED", () => ({ qr: printed + printed })],
  ["three characters past 65535", "format", "MALFORMED", () => ({ qr: "LZ1::::" })],
  ["wide characters", "format", "MALFORMED", () => ({ qr: `LZ1:${"０".repeat(8)}` })],
  ["4,097 characters", "format", "TOO_LARGE", () => ({ qr: "0".repeat(4097) })],
  [
    "print with padding",
    "format",
    "MALFORMED",
    () => ({ qr: `${toPrintText(printedWire, "a.cn")}=` }),
  ],
  [
    "print with another path",
    "format",
    "MALFORMED",
    () => ({ qr: toPrintText(printedWire, "a.cn").replace("/q#", "/p#") }),
  ],
  [
    "print without encryption",
    "format",
    "MALFORMED",
    () => ({ qr: toPrintText(printedWire, "a.cn").replace("https", "http") }),
  ],
  [
    "print in plain base64",
    "format",
    "MALFORMED",
    () => ({ qr: toPrintText(printedWire, "a.cn").replace(/[-_]|(?<=#.{9})./u, "+") }),
  ],
];

const CBOR: readonly Negative[] = [
  ["a byte after the end", "format", "MALFORMED", () => qrOf(Uint8Array.of(...printedWire, 0))],
  ["the last byte cut off", "format", "MALFORMED", () => qrOf(printedWire.slice(0, -1))],
  ["no map: a number", "format", "MALFORMED", () => hexQr("00")],
  ["no map: a text", "format", "MALFORMED", () => hexQr("6161")],
  ["no map: a list", "format", "MALFORMED", () => hexQr("80")],
  ["an empty map", "format", "MALFORMED", () => hexQr("a0")],
  ["an endless map", "format", "MALFORMED", () => hexQr("bf00")],
  ["an endless list", "format", "MALFORMED", () => hexQr("9f00")],
  ["an endless text", "format", "MALFORMED", () => hexQr("7f6161ff")],
  ["a stop without a start", "format", "MALFORMED", () => hexQr("ff")],
  ["a float", "format", "MALFORMED", () => hexQr("fb7ff8000000000000")],
  ["undefined", "format", "MALFORMED", () => hexQr("f7")],
  ["a number longer than need be", "format", "MALFORMED", () => hexQr("1817")],
  ["a list of four billion", "format", "MALFORMED", () => hexQr("9affffffff")],
  ["bytes past all counting", "format", "MALFORMED", () => hexQr("5bffffffffffffffff")],
  ["two thousand lists in each other", "format", "MALFORMED", () => hexQr("81".repeat(2000))],
  ["a key twice", "format", "MALFORMED", () => hexQr("a203616103 6162".replace(" ", ""))],
  ["keys out of order", "format", "MALFORMED", () => hexQr("a2040103 6161".replace(" ", ""))],
  ["text that is no UTF-8", "format", "MALFORMED", () => hexQr("a10361ff")],
  ["a big number's tag", "format", "MALFORMED", () => hexQr("c24101")],
];

const MAP: readonly Negative[] = [
  ["an unknown key", "format", "UNSUPPORTED_VERSION", () => withMap((map) => map.set(99, 1))],
  ["no certificate", "format", "MALFORMED", () => withMap((map) => map.delete(CERTIFICATE))],
  [
    "a certificate that is a map",
    "format",
    "MALFORMED",
    () => withMap((map) => map.set(CERTIFICATE, new Map())),
  ],
  ["an audience that is a number", "format", "MALFORMED", () => withMap((map) => map.set(AUD, 1))],
  [
    "an audience of a thousand characters",
    "format",
    "MALFORMED",
    () => withMap((map) => map.set(AUD, "a".repeat(1000))),
  ],
  ["an end that is a text", "format", "MALFORMED", () => withMap((map) => map.set(EXP, "soon"))],
  ["an end before 1970", "format", "MALFORMED", () => withMap((map) => map.set(EXP, -1))],
  ["a beginning that is a list", "format", "MALFORMED", () => withMap((map) => map.set(IAT, []))],
  [
    "an answer to a challenge of a kilobyte",
    "format",
    "MALFORMED",
    () => withMap((map) => map.set(NONCE, new Uint8Array(1024))),
  ],
  [
    "an answer to a challenge that is a text",
    "format",
    "MALFORMED",
    () => withMap((map) => map.set(NONCE, "00")),
  ],
  [
    "a holder's key without a signature",
    "format",
    "MALFORMED",
    () => withMap((map) => map.set(CNF, new Map([[1, 1]]))),
  ],
  [
    "an end that has passed",
    "freshness",
    "PRESENTATION_EXPIRED",
    () => withMap((map) => map.set(IAT, NOW - 200).set(EXP, NOW - 100)),
  ],
];

const PROOF: readonly Negative[] = [
  ["a member too few", "format", "MALFORMED", () => withMember(PATH, () => undefined)],
  ["an unknown hash suite", "format", "UNSUPPORTED_VERSION", () => withMember(SUITE, () => 3)],
  ["a hash suite that is a text", "format", "MALFORMED", () => withMember(SUITE, () => "sm3")],
  ["the other hash suite", "integrity", "ROOT_MISMATCH", () => withMember(SUITE, () => 2)],
  [
    "an agency of 17 characters",
    "format",
    "MALFORMED",
    () => withMember(AGENCY, () => "1".repeat(17)),
  ],
  [
    "an agency that nobody knows",
    "anchor",
    "ROOT_NOT_ANCHORED",
    () => withMember(AGENCY, () => "12310000MB1A00001C"),
  ],
  [
    "a root of 31 bytes",
    "format",
    "MALFORMED",
    () => withMember(ROOT, (root) => bytes(root).slice(1)),
  ],
  ["another root", "integrity", "ROOT_MISMATCH", () => withMember(ROOT, flipped)],
  [
    "a root of zeros",
    "integrity",
    "ROOT_MISMATCH",
    () => withMember(ROOT, () => new Uint8Array(32)),
  ],
  ["another index", "integrity", "ROOT_MISMATCH", () => withMember(INDEX, () => 1)],
  [
    "an index past the batch",
    "integrity",
    "ROOT_MISMATCH",
    () => withMember(INDEX, () => 4_000_000),
  ],
  ["an index of five bytes", "format", "MALFORMED", () => withMember(INDEX, () => 2 ** 32)],
  ["an index below nothing", "format", "MALFORMED", () => withMember(INDEX, () => -1)],
  [
    "a later beginning",
    "integrity",
    "ROOT_MISMATCH",
    () => withMember(NOT_BEFORE, (time) => Number(time) + 1),
  ],
  ["a later end", "integrity", "ROOT_MISMATCH", () => withMember(NOT_AFTER, () => 4_000_000_000)],
  [
    "no end",
    "integrity",
    "ROOT_MISMATCH",
    () => withMember(NOT_AFTER, () => 0xffff_ffff_ffff_ffffn),
  ],
  ["no claims at all", "format", "MALFORMED", () => withMember(COUNT, () => 0)],
  ["more claims than there may be", "format", "MALFORMED", () => withMember(COUNT, () => 257)],
  [
    "a claim more than there are",
    "integrity",
    "ROOT_MISMATCH",
    () => withMember(COUNT, (count) => Number(count) + 1),
  ],
  ["claims that are a map", "format", "MALFORMED", () => withMember(DISCLOSED, () => new Map())],
  [
    "claims in another order",
    "format",
    "MALFORMED",
    () => withMember(DISCLOSED, (claims) => [...(claims as CborValue[])].reverse()),
  ],
  [
    "a claim twice",
    "format",
    "MALFORMED",
    () =>
      withMember(DISCLOSED, (claims) => [
        (claims as CborValue[])[0] as CborValue,
        ...(claims as CborValue[]),
      ]),
  ],
  [
    "a claim left out without its hash",
    "integrity",
    "ROOT_MISMATCH",
    () => withMember(DISCLOSED, (claims) => (claims as CborValue[]).slice(1)),
  ],
  [
    "half a hash of hidden claims",
    "format",
    "MALFORMED",
    () => withMember(CLAIMS_PROOF, () => new Uint8Array(16)),
  ],
  [
    "a hash of hidden claims too many",
    "integrity",
    "ROOT_MISMATCH",
    () => withMember(CLAIMS_PROOF, () => new Uint8Array(32)),
  ],
  [
    "half a hash in the path",
    "format",
    "MALFORMED",
    () => withMember(PATH, (path) => bytes(path).slice(1)),
  ],
  [
    "a path of forty hashes",
    "format",
    "MALFORMED",
    () => withMember(PATH, () => new Uint8Array(40 * 32)),
  ],
  [
    "a hash too many in the path",
    "integrity",
    "ROOT_MISMATCH",
    () => withMember(PATH, (path) => Uint8Array.of(...bytes(path), ...new Uint8Array(32))),
  ],
  ["another sibling", "integrity", "ROOT_MISMATCH", () => withMember(PATH, flipped)],
  ["no path", "integrity", "ROOT_MISMATCH", () => withMember(PATH, () => new Uint8Array())],
];

const CLAIMS: readonly Negative[] = [
  ["another claim's position", "format", "MALFORMED", () => withClaim(0, () => 1)],
  ["a salt of 15 bytes", "format", "MALFORMED", () => withClaim(1, (salt) => bytes(salt).slice(1))],
  ["another salt", "integrity", "ROOT_MISMATCH", () => withClaim(1, flipped)],
  ["another name", "integrity", "ROOT_MISMATCH", () => withClaim(2, () => "0")],
  ["a name that is a number", "format", "MALFORMED", () => withClaim(2, () => 1)],
  ["an empty name", "integrity", "ROOT_MISMATCH", () => withClaim(2, () => "")],
  ["another value", "integrity", "ROOT_MISMATCH", () => withClaim(3, () => "张三丰")],
  ["a value of another kind", "integrity", "ROOT_MISMATCH", () => withClaim(3, () => [null])],
  ["a value of bytes", "format", "MALFORMED", () => withClaim(3, () => new Uint8Array(3))],
  ["a value nested too deep", "format", "MALFORMED", () => withClaim(3, () => [[[[[1]]]]])],
];

const SIGNED: readonly Negative[] = [
  ["another tag", "format", "MALFORMED", () => sign1With((parts) => parts, 98)],
  ["a part too few", "format", "MALFORMED", () => sign1With((parts) => parts.slice(1))],
  [
    "no algorithm",
    "format",
    "MALFORMED",
    () => sign1With(([, ...rest]) => [Uint8Array.of(0xa0), ...rest]),
  ],
  [
    "another algorithm",
    "format",
    "MALFORMED",
    () => sign1With(([, ...rest]) => [Uint8Array.of(0xa1, 1, 0x27), ...rest]),
  ],
  [
    "an unprotected header",
    "format",
    "MALFORMED",
    () => sign1With(([head, , ...rest]) => [head as CborValue, new Map([[4, "kid"]]), ...rest]),
  ],
  [
    "a detached payload",
    "format",
    "MALFORMED",
    () => sign1With(([head, open, , sign]) => [head, open, null, sign] as CborValue[]),
  ],
  [
    "a signature of 63 bytes",
    "format",
    "MALFORMED",
    () => sign1With((parts) => [...parts.slice(0, 3), signature.slice(1)]),
  ],
  [
    "a signature of zeros",
    "holder",
    "SIGNATURE_INVALID",
    () => sign1With((parts) => [...parts.slice(0, 3), new Uint8Array(64)]),
  ],
  [
    "another signature",
    "holder",
    "SIGNATURE_INVALID",
    () => sign1With((parts) => [...parts.slice(0, 3), flipped(signature)]),
  ],
  [
    "a stranger's key",
    "integrity",
    "ROOT_MISMATCH",
    () =>
      qrOf(
        signedWire(proofOf(primitives, usual.keyed), stranger, {
          audience: COUNTER,
          nonce: CHALLENGE,
        }),
      ),
  ],
  [
    "signed, without the holder's key",
    "format",
    "MALFORMED",
    () => signedWith((map) => map.delete(CNF)),
  ],
  ["signed, without its time", "format", "MALFORMED", () => signedWith((map) => map.delete(IAT))],
  ["signed, without its end", "format", "MALFORMED", () => signedWith((map) => map.delete(EXP))],
  [
    "five minutes old and good for a year",
    "freshness",
    "PRESENTATION_EXPIRED",
    () => signedWith((map) => map.set(IAT, NOW - 300).set(EXP, NOW + 31_536_000)),
  ],
  [
    "from the day after tomorrow",
    "freshness",
    "CLOCK_SKEW",
    () => signedWith((map) => map.set(IAT, NOW + 172_800).set(EXP, NOW + 172_830)),
  ],
  [
    "from yesterday",
    "freshness",
    "PRESENTATION_EXPIRED",
    () => signedWith((map) => map.set(IAT, NOW - 86_400).set(EXP, NOW - 86_340)),
  ],
  [
    "for another counter",
    "freshness",
    "AUDIENCE_MISMATCH",
    () => signedWith((map) => map.set(AUD, "别的窗口")),
  ],
  [
    "an answer to another challenge",
    "freshness",
    "NONCE_MISMATCH",
    () => signedWith((map) => map.set(NONCE, new Uint8Array(16))),
  ],
  [
    "no answer to the challenge",
    "freshness",
    "NONCE_MISMATCH",
    () => signedWith((map) => map.delete(NONCE)),
  ],
  [
    "the print where the holder is asked for",
    "holder",
    "HOLDER_PROOF_REQUIRED",
    () => usual.printed(),
  ],
];

const ALL: readonly Negative[] = [...TEXTS, ...CBOR, ...MAP, ...PROOF, ...CLAIMS];

describe("codes that must not be accepted", () => {
  it("are made from codes that are", () => {
    expect(usual.judge(usual.signed(), STRICT).verdict).toBe("accepted");
    expect(usual.judge(usual.printed(), PLAIN).verdict).toBe("accepted");
    expect(withMap(() => undefined)).toEqual({ qr: toQrText(printedWire) });
  });

  it("are many, and each has a name of its own", () => {
    const names = [...ALL, ...SIGNED].map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(88);
  });

  it.each(ALL)("%s: the check of %s says %s", (_, check, code, make) => {
    const verdict = usual.judge(make(), PLAIN);
    expect([verdict.verdict, outcomesOf(verdict)[check]]).toEqual(["rejected", code]);
  });

  it.each(SIGNED)("%s: the check of %s says %s, of the holder's code", (_, check, code, make) => {
    const verdict = usual.judge(make(), STRICT);
    expect([verdict.verdict, outcomesOf(verdict)[check]]).toEqual(["rejected", code]);
  });
});
