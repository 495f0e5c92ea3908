import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../../src/adapters/hashing/primitives.ts";
import { allPassBut, detailOf, outcomesOf } from "../../../support/outcomes.ts";
import { proofOf, qrOf, signedWire } from "../../../support/present.ts";
import { CHALLENGE, COUNTER, STRICT, holder, usualCase } from "../../../support/usual-case.ts";

const primitives = await loadPrimitives();
const usual = usualCase(primitives);

function showing(...names: string[]) {
  const answer = { audience: COUNTER, nonce: CHALLENGE };
  return qrOf(signedWire(proofOf(primitives, usual.keyed, names), holder, answer));
}

describe("the disclosure check", () => {
  it("passes what the type and the counter require, and nothing more", () => {
    const verdict = usual.judge(showing("holderName", "birthDate"), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({}));
    expect([...(verdict.certificate?.claims.keys() ?? [])]).toEqual(["birthDate", "holderName"]);
  });

  it("says CLAIM_MISSING for what the type always shows", () => {
    const verdict = usual.judge(showing("birthDate"), STRICT);
    expect(outcomesOf(verdict)).toEqual(allPassBut({ disclosure: "CLAIM_MISSING" }));
    expect(detailOf(verdict, "disclosure")).toBe("holderName");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
  });

  it("says CLAIM_MISSING for what the counter asks, even if no certificate holds it", () => {
    const request = { ...STRICT, requiredClaims: ["birthDate", "holderName", "spouse"] };
    const verdict = usual.judge(showing(), request);
    expect(detailOf(verdict, "disclosure")).toBe("holderName, birthDate, spouse");
    expect(verdict).toMatchObject({ verdict: "rejected", authentic: true, usable: false });
  });

  it("asks for what the type shows where the counter asks for nothing", () => {
    const { requiredClaims: _, ...request } = STRICT;
    expect(outcomesOf(usual.judge(showing("holderName"), request)).disclosure).toBe("pass");
    expect(outcomesOf(usual.judge(showing(), request)).disclosure).toBe("CLAIM_MISSING");
  });

  it("requires nothing for a version of the type that nobody published", () => {
    const unpublished = usualCase(primitives, { schemaVersion: 9 });
    const { requiredClaims: _, ...request } = STRICT;
    const wire = signedWire(proofOf(primitives, unpublished.keyed, []), holder);
    expect(outcomesOf(unpublished.judge(qrOf(wire), request)).disclosure).toBe("pass");
  });
});
