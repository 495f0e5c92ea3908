/** An agency's endpoint in this process: it checks what it is sent as a real one does, and answers as told. */
import { CompactEncrypt, importJWK } from "jose";
import { toBase64Url } from "../../../src/core/encoding/bytes.ts";
import type { CertificateFile } from "../../../src/core/certificate/certificate-file.ts";
import type { Primitives } from "../../../src/core/hashing.ts";
import type { Delegated } from "../../../src/core/holding/delivery.ts";
import { deliveryToJson } from "../../../src/core/holding/delivery.ts";
import { openHolderRequest } from "../../../src/core/holding/holder-request.ts";
import type { BindingContent } from "../../../src/core/presentation/binding.ts";
import type { AgencyEndpoint, ClaimOrder } from "../../../src/web/service/agency.ts";
import { sanyaDocumentKey } from "../../support/ledger-story.ts";
import { bindingFor } from "../../support/present.ts";
import type { SigningKey } from "../../support/seeded.ts";
import type { StoryType } from "./story-type.ts";

export interface AgencyPlan {
  readonly certificate: CertificateFile;
  readonly type: Pick<StoryType, "definition" | "template">;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly binding?: Partial<BindingContent>;
  /** What is delivered in the certificate's place: the binding's grant is the plan's own to say. */
  readonly delegated?: Delegated;
  /** The agency's, where nothing is said. */
  readonly documentKey?: SigningKey;
  /** What is delivered otherwise than an honest agency would. */
  readonly altered?: (delivery: Record<string, unknown>) => unknown;
}

export interface AgencyAtHand extends AgencyEndpoint {
  /** The holder's key of each claim that came. */
  readonly claimedBy: string[];
}

const AUDIENCE = "wallet.example.gov.cn";

export function agencyAtHand(primitives: Primitives, plan: AgencyPlan): AgencyAtHand {
  const claimedBy: string[] = [];
  const bindingOf = (key: BindingContent["key"]): Uint8Array => {
    const times = { issuedAt: plan.now() - 60, expiresAt: plan.now() + 7 * 86_400 };
    const holder = { publicKey: key } as SigningKey;
    const { certificate, documentKey = sanyaDocumentKey } = plan;
    return bindingFor(certificate, holder, documentKey, { ...times, ...plan.binding });
  };
  const claim = async ({ request, deliveryKey }: ClaimOrder) => {
    const expected = { kind: "claim", audiences: [AUDIENCE], now: plan.now() } as const;
    const { key } = openHolderRequest(primitives, request, expected);
    claimedBy.push(toBase64Url(key.x));
    const { certificate, type, altered = (json: unknown) => json } = plan;
    const binding = bindingOf(key);
    const json = deliveryToJson(
      plan.delegated === undefined
        ? { certificate, binding, ...type }
        : { delegated: plan.delegated, binding, ...type },
    );
    return { delivery: await encrypted(altered(json), deliveryKey) };
  };
  const unasked = (): never => {
    throw new Error("nobody asks for this");
  };
  return {
    ...{ url: `https://${AUDIENCE}`, audience: AUDIENCE, claimedBy, claim },
    ...{ renewBinding: unasked, delegate: unasked, delegations: unasked, withdraw: unasked },
  };
}

async function encrypted(json: unknown, jwk: ClaimOrder["deliveryKey"]): Promise<string> {
  const key = await importJWK({ ...jwk }, "ECDH-ES");
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(json)))
    .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM" })
    .encrypt(key);
}
