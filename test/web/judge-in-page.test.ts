/** The judge in a page says what the judge at the service says, though signatures are checked by WebCrypto. */
import { describe, expect, test } from "@jest/globals";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import type { CounterRequest, Given } from "../../src/core/verify/case.ts";
import { judgeInPage, withSignatures } from "../../src/web/judging/judge-in-page.ts";
import { loadHashes } from "../../src/web/judging/page-primitives.ts";
import { NOW, keyAdded, sanyaDocumentKey, SANYA } from "../support/ledger-story.ts";
import { bindingFor, fileOf, proofOf, qrOf, signedWire } from "../support/present.ts";
import { seededSm2Key } from "../support/seeded.ts";
import {
  CHALLENGE,
  COUNTER,
  PLAIN,
  STRICT,
  holder,
  stranger,
  usualCase,
} from "../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const sm2Key = seededSm2Key("document key of the Chinese kind");
usual.story.tell(keyAdded(sm2Key.publicKey, { keyId: `0x${"4d".repeat(32)}`, algorithm: "SM2" }));

const answer = { audience: COUNTER, nonce: CHALLENGE };
const boundBySm2 = qrOf(
  signedWire(proofOf(primitives, usual.bearer), holder, {
    ...answer,
    binding: bindingFor(usual.bearer, holder, sm2Key),
  }),
);

const CASES: readonly [string, Given, CounterRequest][] = [
  ["a holder's code", usual.signed(), STRICT],
  ["a code signed by a stranger's key", usual.signed({}, stranger), STRICT],
  ["a code bound to its holder by the agency", usual.bound(), STRICT],
  ["a code bound by a key of SM2", boundBySm2, STRICT],
  ["a code bound by a stranger", usual.bound({}, stranger), STRICT],
  ["a code that ran out", usual.signed({ issuedAt: NOW - 100, expiresAt: NOW - 40 }), STRICT],
  ["a printed code", usual.printed(), PLAIN],
  ["a certificate file", fileOf(usual.bearer), PLAIN],
  ["nonsense", { qr: "LZ1:NONSENSE" }, PLAIN],
];

describe("the judge in a page", () => {
  test.each(CASES)("says of %s what the service says", async (_, given, request) => {
    const view = usual.story.view();
    expect(await judgeInPage(given, view, request)).toEqual(usual.judge(given, request, view));
  });

  test("can't tell without a state of the ledger", async () => {
    expect((await judgeInPage(usual.printed(), null, PLAIN)).verdict).toBe("indeterminate");
  });
});

describe("signatures that are looked up between runs", () => {
  const message = new TextEncoder().encode("亮证");
  const good = sanyaDocumentKey.sign(message);
  const ask = (key = sanyaDocumentKey.publicKey, signature: Uint8Array = good) =>
    loadHashes().then((hashes) =>
      withSignatures(hashes, ({ verifyEs256 }) => verifyEs256(key, message, signature)),
    );

  test("are true for the key that signed, and for no other", async () => {
    expect(await ask()).toBe(true);
    expect(await ask(stranger.publicKey)).toBe(false);
  });

  test("are false, and no error, for a signature cut short and for a point that is on no curve", async () => {
    expect(await ask(sanyaDocumentKey.publicKey, good.subarray(1))).toBe(false);
    expect(await ask({ x: new Uint8Array(32), y: new Uint8Array(32) })).toBe(false);
    expect(await ask({ x: new Uint8Array(3), y: new Uint8Array(32) })).toBe(false);
  });

  test("are each asked once, however many runs it takes", async () => {
    let runs = 0;
    const hashes = await loadHashes();
    const both = await withSignatures(hashes, ({ verifyEs256 }) => {
      runs++;
      const isFirst = verifyEs256(sanyaDocumentKey.publicKey, message, good);
      return isFirst && verifyEs256(stranger.publicKey, message, good);
    });
    expect([both, runs]).toEqual([false, 3]);
  });
});

test("the hashes of a page are those of the service", async () => {
  const hashes = await loadHashes();
  for (const name of ["keccak256", "sm3", "sha256"] as const) {
    const bytes = new TextEncoder().encode(`${SANYA.name} ${name}`);
    expect(hashes[name](bytes)).toEqual(primitives[name](bytes));
  }
});
