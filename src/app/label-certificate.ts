/** What is printed beside a code, so that whoever hands it out finds whom it is for: as little as that takes. */
import type { CertificateType, ClaimDefinition } from "../core/catalogue/certificate-type.ts";
import { HIDDEN } from "../core/catalogue/mask.ts";
import { maskClaim } from "../core/catalogue/mask-claim.ts";
import type { CertificateFile } from "../core/certificate/certificate-file.ts";
import { toHex } from "../core/encoding/bytes.ts";
import type { ClaimValue } from "../core/encoding/cbor.ts";
import type { CodeLabel } from "../ports/code-sheet.ts";

const HOLDER = "CZZT";
const DIGITS_SHOWN = 4;

/** "二级建造师 · 王*明 · …3456 · 5d0c46f0/41" */
export function labelCertificate(certificate: CertificateFile, type: CertificateType): CodeLabel {
  const values = new Map(certificate.claims.map(({ name, value }) => [name, value]));
  const holder = type.claims.find(({ sourceName }) => sourceName === HOLDER);
  const value = holder === undefined ? undefined : values.get(holder.name);
  const names = holder === undefined || value === undefined ? [] : maskedNames(holder, value);
  const { batch } = certificate;
  return {
    title: type.names.zh,
    holder: names.join("、"),
    number: endOf(values.get(type.numberClaim)),
    place: `${toHex(batch.root).slice(0, 8)} / ${String(batch.index)}`,
  };
}

/** Of a list of holders each one's name. */
function maskedNames(claim: ClaimDefinition, value: ClaimValue): string[] {
  if (typeof value === "string") {
    const masked = maskClaim(claim, value);
    return typeof masked === "string" && masked !== HIDDEN ? [masked] : [];
  }
  if (Array.isArray(value)) {
    return (value as readonly ClaimValue[]).flatMap((item) => maskedNames(claim, item));
  }
  const name = claim.parts?.find(({ mask }) => mask === "name");
  const parts = (value ?? {}) as Readonly<Record<string, ClaimValue>>;
  return name === undefined ? [] : maskedNames(name, parts[name.name] ?? null);
}

function endOf(number: ClaimValue | undefined): string {
  if (typeof number !== "string") return "";
  const characters = Array.from(number);
  return characters.length > 2 * DIGITS_SHOWN ? `…${characters.slice(-DIGITS_SHOWN).join("")}` : "";
}
