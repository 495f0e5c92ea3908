import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { canonicalBytes } from "../../../src/core/catalogue/canonical-bytes.ts";
import type { CertificateType } from "../../../src/core/catalogue/certificate-type.ts";
import { templateHash, usualTemplate } from "../../../src/core/catalogue/page-template.ts";
import { toBase64Url, toHex } from "../../../src/core/encoding/bytes.ts";
import { deliveryToJson, readDelivery } from "../../../src/core/holding/delivery.ts";
import type { Grant } from "../../../src/core/presentation/grant.ts";
import { exampleType } from "../catalogue/example-type.ts";
import { NOW, sanyaDocumentKey } from "../../support/ledger-story.ts";
import { bindingFor, proofOf } from "../../support/present.ts";
import { holder, usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const { bearer } = usualCase(primitives);
const template = usualTemplate(exampleType());
const definition = { ...exampleType(), template: templateHash(primitives.sha256, template) };
const binding = bindingFor(bearer, holder, sanyaDocumentKey);
const grant: Grant = { delegate: "李兰", reason: "agent", matters: ["M"], grantor: "王小明" };
const granted = bindingFor(bearer, holder, sanyaDocumentKey, { grant });
const delegated = {
  ...{ ...grant, id: "0f".repeat(16), until: NOW, claims: ["holderName"] },
  proof: proofOf(primitives, bearer, ["holderName"]),
};
const type = { definition: definition as CertificateType, template };

/** As it comes out of the encrypted envelope. */
function sent(delivery: Parameters<typeof deliveryToJson>[0]): Record<string, unknown> {
  return JSON.parse(JSON.stringify(deliveryToJson(delivery))) as Record<string, unknown>;
}

const whole = sent({ ...type, certificate: bearer, binding });
const part = sent({ ...type, delegated, binding: granted });
const malformed = expect.objectContaining({ code: "MALFORMED" });

describe("what an agency delivers", () => {
  it("is read as it was sent, to a holder and to a delegate", () => {
    const definitionHash = `0x${toHex(primitives.keccak256(canonicalBytes(definition)))}`;
    const read = { ...type, definitionHash };
    expect(readDelivery(primitives, whole)).toEqual({ ...read, certificate: bearer, binding });
    expect(readDelivery(primitives, part)).toEqual({ ...read, delegated, binding: granted });
  });

  it("needs neither a binding where the leaf names the key, nor a template", () => {
    const bare = sent({ ...type, template: null, certificate: bearer, binding: null });
    expect(readDelivery(primitives, bare)).toMatchObject({ binding: null, template: null });
  });

  it("holds for a delegate nothing of the claims that he may not show", () => {
    const text = JSON.stringify(part);
    expect(text).not.toContain("1990-05-17");
    expect(readDelivery(primitives, part)).toMatchObject({ delegated: { claims: ["holderName"] } });
  });

  it.each<[string, Record<string, unknown>]>([
    [
      "a template that its definition does not pin",
      { template: { ...template, colour: "#000000" } },
    ],
    ["a template where the definition pins none", { definition: exampleType() }],
    ["a template that is none", { template: { colour: "red" } }],
    ["no definition", { definition: null }],
    ["a definition without a code", { definition: { ...definition, code: 4 } }],
    ["a definition without a version", { definition: { ...definition, version: "1" } }],
    ["a definition without names", { definition: { ...definition, names: null } }],
    [
      "a definition whose claims have no names",
      { definition: { ...definition, claims: [{ zh: "姓名" }] } },
    ],
    ["a definition without claims", { definition: { ...definition, claims: "all" } }],
    [
      "a definition that always shows numbers",
      { definition: { ...definition, alwaysDisclosed: [1] } },
    ],
    ["a binding that is none", { binding: "AAAA" }],
    ["a binding that is not base64url", { binding: "=" }],
    ["a binding that is a number", { binding: 7 }],
    ["no certificate", { certificate: undefined }],
  ])("is refused with %s", (_, changes) => {
    expect(() => readDelivery(primitives, { ...whole, ...changes })).toThrow(
      expect.objectContaining({ name: "FormatError" }),
    );
  });

  const inner = part["delegated"] as Record<string, unknown>;

  it.each<[string, Record<string, unknown>]>([
    ["no binding", { binding: null }],
    ["a binding without a grant", { binding: toBase64Url(binding) }],
    ["nothing delegated", { delegated: null }],
    ["an id that is none", { delegated: { ...inner, id: "7" } }],
    ["an id that is a number", { delegated: { ...inner, id: 7 } }],
    ["no end", { delegated: { ...inner, until: null } }],
    ["an end that is no time", { delegated: { ...inner, until: "never" } }],
    ["a proof that is none", { delegated: { ...inner, proof: "AAAA" } }],
  ])("is refused for a delegate with %s", (_, changes) => {
    expect(() => readDelivery(primitives, { ...part, ...changes })).toThrow(malformed);
  });

  it("is refused where it is no object", () => {
    expect(() => readDelivery(primitives, "certificate")).toThrow(malformed);
  });
});
