/** What is asked of whatever the wallet holds, be it one's own or somebody else's. */
import type { Claim } from "../../core/certificate/claim.ts";
import type { Validity } from "../../core/certificate/leaf.ts";
import type { SuiteId } from "../../core/hashing.ts";
import type { Words } from "../../core/words.ts";
import type { Held } from "./held.ts";

export interface CertificateReference extends Validity {
  readonly suite: SuiteId;
  readonly agency: string;
  readonly root: Uint8Array;
  readonly index: number;
}

export function certificateRefOf({ holding }: Pick<Held, "holding">): CertificateReference {
  if (holding.kind === "delegated") {
    const { suite, agency, root, index, notBefore, notAfter } = holding.delegated.proof;
    return { suite, agency, root, index, notBefore, notAfter };
  }
  const { suite, agency, notBefore, notAfter, batch } = holding.certificate;
  return { suite, agency, root: batch.root, index: batch.index, notBefore, notAfter };
}

/** Of somebody else's certificate, what may be shown of it. */
export function claimsOf({ holding }: Pick<Held, "holding">): readonly Claim[] {
  return holding.kind === "own" ? holding.certificate.claims : holding.delegated.proof.disclosed;
}

const UNKNOWN: Words = { zh: "证照", en: "Certificate" };

export function titleOf({ definition, template }: Pick<Held, "definition" | "template">): Words {
  return template?.title ?? definition?.names ?? UNKNOWN;
}

/** Of a type that is not known here, everything is. */
export function isSensitive({ definition }: Pick<Held, "definition">, name: string): boolean {
  const claim = definition?.claims.find((candidate) => candidate.name === name);
  return claim === undefined || claim.sensitivity === "sensitive";
}
