/** Do the claims, the leaf and the path give the root, and for which holder? (protocol, 4 to 6) */
import { rootOfPath } from "../batch/path.ts";
import { HASH_BYTES } from "../batch/tree.ts";
import { claimLeaves } from "../certificate/claim.ts";
import { rebuildClaimsRoot } from "../certificate/claims-tree.ts";
import { certificateLeaf } from "../certificate/leaf.ts";
import { equalBytes } from "../encoding/bytes.ts";
import type { Primitives } from "../hashing.ts";
import { suiteHash } from "../hashing.ts";
import { keyThumbprint } from "../presentation/cose.ts";
import type { Shown } from "./case.ts";

const BEARER = new Uint8Array(HASH_BYTES);

/** @returns the holder in the leaf that leads to the root, or null where none does. */
export function proveRoot(primitives: Primitives, shown: Shown): Uint8Array | null {
  const { proof } = shown;
  const hash = suiteHash(primitives, proof.suite);
  const { disclosed, index, notBefore, notAfter, claimCount } = proof;
  const positions = disclosed.map(({ position }) => position);
  const leaves = claimLeaves(hash, disclosed);
  const claimsRoot = rebuildClaimsRoot(hash, claimCount, { positions, leaves }, proof.claimsProof);
  if (claimsRoot === null) return null;
  const leadsToRoot = (holder: Uint8Array): boolean => {
    const content = { index, notBefore, notAfter, claimCount, holder, claimsRoot };
    const leaf = certificateLeaf(hash, content);
    return equalBytes(rootOfPath(hash, leaf, proof.path), proof.root);
  };
  return possibleHolders(primitives, shown).find(leadsToRoot) ?? null;
}

/**
 * A file says its holder. A presentation is of the key that signs it, or of a bearer certificate: with
 * a binding, without a key, or shown with a key that is nobody's.
 */
function possibleHolders(primitives: Primitives, { presentation, file }: Shown): Uint8Array[] {
  if (file !== null) return [file.holder];
  const key = presentation?.holderKey;
  if (key === undefined || presentation?.binding !== undefined) return [BEARER];
  return [keyThumbprint(primitives, key), BEARER];
}
