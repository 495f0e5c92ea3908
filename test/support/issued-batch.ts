/** A batch that tests have, with all its certificates. */
import type { CertificateFile } from "../../src/core/certificate/certificate-file.ts";
import type { ClaimValue } from "../../src/core/encoding/cbor.ts";
import type { P256PublicKey, SuiteId } from "../../src/core/hashing.ts";

/** What a test wants to be different from the usual batch. */
export interface BatchPlan {
  readonly suite: SuiteId;
  readonly agency: { readonly code: string; readonly region: string };
  readonly type: string;
  readonly schemaVersion: number;
  readonly size: number;
  readonly notBefore: number;
  readonly notAfter: number | null;
  /** The holder's key of each certificate, by index; bearer certificates where there is none. */
  readonly holders: readonly (P256PublicKey | undefined)[];
  readonly claimsOf: (index: number) => Readonly<Record<string, ClaimValue>>;
  /** The contract that its certificates say they are anchored in. */
  readonly contract: { readonly chainId: number; readonly anchor: string };
  /** Another seed gives other salts, and so another root. */
  readonly seed: string;
}

export interface IssuedBatch {
  readonly plan: BatchPlan;
  /** 0x and 64 hex digits. */
  readonly root: string;
  readonly certificates: readonly CertificateFile[];
}
