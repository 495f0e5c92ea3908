import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import type { BatchAnchored } from "../../../../src/core/ledger/events.ts";
import { certificateAt, issueBatch } from "../../../support/certificate-batch.ts";
import { MARRIAGE, UNENTITLED_TYPE } from "../../../support/ledger-story.ts";
import { allPassBut, detailOf, outcomesOf } from "../../../support/outcomes.ts";
import type { CertificateJson } from "../../../support/present.ts";
import { bearerWire, fileOf, jsonOf, proofOf, qrOf } from "../../../support/present.ts";
import { PLAIN, STRICT, stranger, usualCase } from "../../../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);
const unsigned = { holder: "not asked", freshness: "not asked" };
/** What builds on the integrity of what is shown. */
const altered = { status: "blocked", validity: "blocked", disclosure: "blocked" };

/** The usual case with an anchor whose record differs from the batch. */
function anchoredAs(changes: Partial<BatchAnchored>) {
  const other = usualCase(primitives, {}, { isAnchored: false });
  other.story.anchor(other.batch, changes);
  return other;
}

function alteredFile(change: (file: CertificateJson) => void) {
  const certificate = jsonOf(usual.bearer);
  change(certificate);
  return { certificate };
}

describe("the integrity check", () => {
  it("says ROOT_MISMATCH for a claim whose value was changed, and shows none of its claims", () => {
    const proof = proofOf(primitives, usual.bearer);
    const disclosed = proof.disclosed.map((claim) => ({ ...claim, value: "李四" }));
    const verdict = usual.judge(qrOf(bearerWire({ ...proof, disclosed })), PLAIN);
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ ...unsigned, ...altered, integrity: "ROOT_MISMATCH" }),
    );
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
    expect(verdict.certificate?.claims.size).toBe(0);
  });

  it("says ROOT_MISMATCH for a code signed with a key that is not the certificate's", () => {
    const verdict = usual.judge(usual.signed({}, stranger), STRICT);
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ ...altered, integrity: "ROOT_MISMATCH", holder: "blocked" }),
    );
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it("says INDEX_OUT_OF_RANGE for a number that the batch on the chain does not have", () => {
    const { judge, bearer } = anchoredAs({ size: 3 });
    const verdict = judge(qrOf(bearerWire(proofOf(primitives, bearer))), PLAIN);
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ ...unsigned, integrity: "INDEX_OUT_OF_RANGE" }),
    );
    expect(detailOf(verdict, "integrity")).toBe("number 3 of 3");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it("says INDEX_OUT_OF_RANGE for a file that contradicts itself, without any chain", () => {
    const given = alteredFile(({ batch }) => (batch["size"] = 3));
    const verdict = usual.judge(given, PLAIN, null);
    expect(outcomesOf(verdict).integrity).toBe("INDEX_OUT_OF_RANGE");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it("says PATH_TOO_LONG for a proof longer than its batch allows", () => {
    const { judge, signed } = anchoredAs({ size: 4 });
    const verdict = judge(signed(), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ integrity: "PATH_TOO_LONG" }));
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it.each([
    ["type", (file: CertificateJson) => (file["type"] = UNENTITLED_TYPE)],
    ["schemaVersion", (file: CertificateJson) => (file["schemaVersion"] = 2)],
    ["region", (file: CertificateJson) => (file["region"] = "330100")],
    ["size", (file: CertificateJson) => (file.batch["size"] = 6)],
  ])("says METADATA_MISMATCH for a file that lies about its %s", (member, change) => {
    const verdict = usual.judge(alteredFile(change), PLAIN);
    expect(outcomesOf(verdict)).toEqual(
      allPassBut({ ...unsigned, integrity: "METADATA_MISMATCH" }),
    );
    expect(detailOf(verdict, "integrity")).toBe(member);
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: false, usable: false });
  });

  it("says METADATA_MISMATCH for a code whose hash suite is not the recorded one", () => {
    const { judge, signed } = anchoredAs({ suite: 2 });
    const verdict = judge(signed(), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ integrity: "METADATA_MISMATCH" }));
    expect(detailOf(verdict, "integrity")).toBe("suite");
  });

  it("believes a file about its region where the chain knows no such agency", () => {
    const { judge, bearer, story } = anchoredAs({ type: MARRIAGE });
    story.state.agencies.clear();
    expect(outcomesOf(judge(fileOf(bearer), PLAIN))).toEqual(
      allPassBut({ ...unsigned, issuer: "AGENCY_UNKNOWN", recognition: "blocked" }),
    );
  });

  it("passes what is whole where the chain can't be reached, and shows its claims", () => {
    const verdict = usual.judge(usual.printed(), PLAIN, null);
    expect(outcomesOf(verdict).integrity).toBe("pass");
    expect(verdict.certificate?.claims.get("holderName")).toBe("王小明3");
  });

  it("passes a batch hashed with SM3", () => {
    const { judge, signed } = usualCase(primitives, { suite: 2 });
    expect(outcomesOf(judge(signed(), STRICT))).toEqual(allPassBut({}));
  });

  it("passes a batch of one, whose proof is empty", () => {
    const single = issueBatch(primitives, { size: 1, seed: "a batch of one" });
    const { judge, story } = usualCase(primitives);
    story.anchor(single);
    const proof = proofOf(primitives, certificateAt(single, 0));
    expect(proof.path).toHaveLength(0);
    expect(outcomesOf(judge(qrOf(bearerWire(proof)), PLAIN))).toEqual(allPassBut(unsigned));
  });
});
