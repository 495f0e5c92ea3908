/** What an agency delivered, proven before it is kept: on this device, and against nothing but itself. */
import { equalBytes } from "../../../core/encoding/bytes.ts";
import type { P256PublicKey, Primitives } from "../../../core/hashing.ts";
import { suiteHash } from "../../../core/hashing.ts";
import { rootOfPath } from "../../../core/batch/path.ts";
import { isBearer } from "../../../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../../../core/certificate/certificate-file.ts";
import type { Binding } from "../../../core/presentation/binding.ts";
import { decodeBinding } from "../../../core/presentation/binding.ts";
import { keyThumbprint } from "../../../core/presentation/cose.ts";
import { leafOfCertificate } from "../../../core/presentation/disclose.ts";
import { proveRoot } from "../../../core/verify/prove-root.ts";
import type { Hashes } from "../../judging/page-primitives.ts";
import type { NewHolding } from "../../vault/held.ts";
import { certificateRefOf } from "../../vault/holding.ts";
import { WalletFault } from "../../vault/wallet-fault.ts";

/** The claims, the leaf and the path give the root that it names. @throws WalletFault NOT_PROVEN */
export function proveCertificate(hashes: Hashes, certificate: CertificateFile): void {
  const hash = suiteHash(hashes, certificate.suite);
  const { root, path } = certificate.batch;
  const rebuilt = rootOfPath(hash, leafOfCertificate(hash, certificate), path);
  if (!equalBytes(rebuilt, root)) throw new WalletFault("NOT_PROVEN", "ROOT_MISMATCH");
}

/** @throws WalletFault NOT_PROVEN; OTHER_KEY where it is bound to somebody else's key; TYPE_ALTERED */
export function proveDelivery(hashes: Hashes, delivery: NewHolding, key: P256PublicKey): void {
  const { holding, definition } = delivery;
  if (holding.kind === "own") {
    const { certificate } = holding;
    proveCertificate(hashes, certificate);
    const isOfType = definition?.code === certificate.type;
    if (!isOfType || definition.version !== certificate.schemaVersion) {
      throw new WalletFault("TYPE_ALTERED", certificate.type);
    }
    if (isHolderIn(hashes, certificate, key)) return;
  } else {
    const shown = { proof: holding.delegated.proof, presentation: null, file: null };
    if (proveRoot(onlyHashes(hashes), shown) === null)
      throw new WalletFault("NOT_PROVEN", "ROOT_MISMATCH");
  }
  if (!isBoundTo(delivery, key)) throw new WalletFault("OTHER_KEY");
}

function isHolderIn(hashes: Hashes, { holder }: CertificateFile, key: P256PublicKey): boolean {
  return !isBearer(holder) && equalBytes(holder, keyThumbprint(hashes, key));
}

function isBoundTo({ holding, binding }: NewHolding, key: P256PublicKey): boolean {
  if (binding === null) return false;
  const decoded = decodeBinding(binding, "binding");
  const { agency, root, index } = certificateRefOf({ holding });
  const isOfIt = decoded.agency === agency && equalBytes(decoded.root, root);
  return isOfIt && decoded.index === index && isSameKey(decoded, key);
}

function isSameKey({ key: { x, y } }: Binding, key: P256PublicKey): boolean {
  return equalBytes(x, key.x) && equalBytes(y, key.y);
}

/** Nothing here has a signature to check: that is the judge's to do. */
function onlyHashes(hashes: Hashes): Primitives {
  return { ...hashes, verifyEs256: () => false, verifySm2: () => false };
}
