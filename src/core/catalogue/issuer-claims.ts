/** The claims of a type that say by their code who issues a certificate, and where in their text they say it. */
import { CERTIFICATE_IDENTIFIER_OID } from "../identifiers/certificate-identifier.ts";
import type { CertificateType } from "./certificate-type.ts";

export interface IssuerClaim {
  readonly name: string;
  /** How many characters of its text come before the issuer's 18, where it is right. */
  readonly before: number;
}

/** What GB/T 36903 calls ZZBFJGDM: the code of the body that issues (证照颁发机构代码). */
const ISSUER_ELEMENT = "ZZBFJGDM";

export function issuerClaims({ code, schema, claims }: CertificateType): IssuerClaim[] {
  return claims.flatMap(({ name, sourceName }) => {
    const format = schema.properties[name]?.format;
    if (format === "certificate-identifier") return [{ name, before: partsBefore(code) }];
    return format === "credit-code" && sourceName === ISSUER_ELEMENT ? [{ name, before: 0 }] : [];
  });
}

function partsBefore(typeCode: string): number {
  return `${CERTIFICATE_IDENTIFIER_OID}.${typeCode}.`.length;
}
