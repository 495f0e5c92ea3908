/** Certificates of the catalogue's own types, as they are printed. */
import { join } from "node:path";
import { readCatalogue } from "../../src/adapters/catalogue/read-catalogue.ts";
import { layOutCertificate } from "../../src/app/lay-out-certificate.ts";
import { printPresentation } from "../../src/app/print-presentation.ts";
import type { CertificateType } from "../../src/core/catalogue/certificate-type.ts";
import { usualTemplate } from "../../src/core/catalogue/page-template.ts";
import type { PageTemplate } from "../../src/core/catalogue/page-template.ts";
import type { CertificateFile } from "../../src/core/certificate/certificate-file.ts";
import type { ClaimValue } from "../../src/core/encoding/cbor.ts";
import { primitives } from "../../src/main/system.ts";
import type { CertificatePage } from "../../src/ports/certificate-page.ts";
import { certificateAt, issueBatch } from "./certificate-batch.ts";

const CATALOGUE = join(import.meta.dirname, "..", "..", "catalogue");
const { types } = await readCatalogue(CATALOGUE);

export function typeNamed(zh: string): CertificateType {
  const type = types.find(({ names }) => names.zh === zh);
  if (type === undefined) throw new Error(`no type ${zh}`);
  return type;
}

export type Claims = Readonly<Record<string, ClaimValue>>;

export const QUALIFICATION = typeNamed("特种作业操作资格证");
export const QUALIFICATION_CLAIMS: Claims = {
  holderName: "赵一鸣",
  holderSex: "女",
  holderIdNumber: "119901194912310021",
  certificateNumber: "京A012345678901",
  operation: "建筑起重机械司机",
  firstIssueDate: "2020-03-09",
  certificateIdentifier:
    "1.2.156.3005.2.11100000000013338W032.11310000MB1A00001C.DEMO2024000000000001.001.C",
  issuingAuthority: "上海市证照样例局",
  issuingAuthorityCode: "11310000MB1A00001C",
  issueDate: "2026-01-05",
  validFrom: "2026-01-05",
  validUntil: "2032-01-04",
};

export interface PrintPlan {
  readonly type: CertificateType;
  readonly claims: Claims;
  readonly template: PageTemplate;
  readonly notAfter: number | null;
}

/** 2026-01-05 in Beijing. */
const NOT_BEFORE = 1_767_542_400;

export function certificateOf({
  type,
  claims,
  notAfter,
}: Omit<PrintPlan, "template">): CertificateFile {
  const batch = issueBatch(primitives, {
    ...{ type: type.code, size: 5, claimsOf: () => claims, notBefore: NOT_BEFORE, notAfter },
  });
  return certificateAt(batch, 3);
}

export function pageOf(changes: Partial<PrintPlan> = {}): CertificatePage {
  const type = changes.type ?? QUALIFICATION;
  const usual = {
    type,
    claims: QUALIFICATION_CLAIMS,
    template: usualTemplate(type),
    notAfter: null,
  };
  const plan: PrintPlan = { ...usual, ...changes };
  const certificate = certificateOf(plan);
  const shown = type.alwaysDisclosed.filter((name) => Object.hasOwn(plan.claims, name));
  const code = printPresentation(primitives, certificate, { disclose: shown, host: null });
  return layOutCertificate({ certificate, type, template: plan.template, code });
}
