/**
 * An agency's endpoint at its address, answered in this process: it checks what a page sends as a real one does,
 * delivers a certificate, and keeps whom its holder lets show it.
 */
import { CompactEncrypt, importJWK } from "jose";
import type { JWK } from "jose";
import type { BrowserContext, Route } from "playwright-core";
import { fromBase64Url, toHex } from "../../../../src/core/encoding/bytes.ts";
import { suiteHash } from "../../../../src/core/hashing.ts";
import type { CertificateFile } from "../../../../src/core/certificate/certificate-file.ts";
import type { DelegationOrder } from "../../../../src/core/holding/delegation-order.ts";
import { deliveryToJson } from "../../../../src/core/holding/delivery.ts";
import { openHolderRequest } from "../../../../src/core/holding/holder-request.ts";
import type { WishKind } from "../../../../src/core/holding/holder-request.ts";
import {
  CLAIM_CODE_RANDOM_BYTES,
  makeClaimCode,
  writeClaimCode,
} from "../../../../src/core/identifiers/claim-code.ts";
import { narrowProof } from "../../../../src/core/presentation/disclose.ts";
import { MARRIAGE, publishType, sanyaDocumentKey } from "../../../support/ledger-story.ts";
import { issueBatch } from "../../../support/certificate-batch.ts";
import type { BatchPlan } from "../../../support/issued-batch.ts";
import { bindingFor, proofOf } from "../../../support/present.ts";
import type { SigningKey } from "../../../support/seeded.ts";
import type { UsualCase } from "../../../support/usual-case.ts";
import { DEFINED, storyType } from "../../support/story-type.ts";

const HELD = 3;
const REVOKED = 5;
const HOST = "wallet.example.gov.cn";
/** What the pages of a world are told of it. */
export const AGENCY_PLACE = {
  agency: "11460000008172844D",
  name: "三亚市民政局",
  url: `https://${HOST}`,
};
export const CLAIM_LINK = `/claim#at=${HOST}&code=0000-0000-0000-0000`;
const DELEGATE_CODE = writeClaimCode(
  makeClaimCode(new Uint8Array(CLAIM_CODE_RANDOM_BYTES).fill(1)),
);
export const DELEGATE_LINK = `/claim#at=${HOST}&code=${DELEGATE_CODE}`;
const DAY = 86_400;
const GRANTOR = "holderName";

interface Delegation {
  readonly id: string;
  readonly order: DelegationOrder;
  state: "open" | "claimed" | "withdrawn";
}

export interface RoutedAgency {
  readonly certificate: CertificateFile;
  readonly delegations: readonly Delegation[];
  /** On the chain, for good. */
  revoke(): void;
  /** Its address is answered in this context. */
  serve(context: BrowserContext): Promise<void>;
}

interface Body {
  readonly request: string;
  readonly code: string;
  readonly deliveryKey: JWK;
}

/** Tells the world's story a type with a definition, and a batch of it. */
export function routedAgency(
  { primitives, story }: Pick<UsualCase, "primitives" | "story">,
  plan: Partial<BatchPlan> = {},
): RoutedAgency {
  const type = storyType(primitives);
  publishType(story, MARRIAGE, { version: DEFINED, number: 2, schemaHash: type.schemaHash });
  const batch = issueBatch(primitives, { schemaVersion: DEFINED, seed: "held", ...plan });
  story.anchor(batch);
  const certificate = batch.certificates[HELD] as CertificateFile;
  const delegations: Delegation[] = [];
  const seconds = (): number => Math.floor(Date.now() / 1000);

  const opened = <K extends WishKind>(kind: K, { request }: Body, now = seconds()) => {
    const bytes = fromBase64Url(request) as Uint8Array;
    return openHolderRequest(primitives, bytes, { kind, audiences: [HOST], now });
  };

  const own = (publicKey: SigningKey["publicKey"]): unknown => {
    const times = { issuedAt: seconds() - 60, expiresAt: seconds() + 7 * DAY };
    const binding = bindingFor(certificate, { publicKey } as SigningKey, sanyaDocumentKey, times);
    return deliveryToJson({ certificate, binding, ...type });
  };

  const granted = (publicKey: SigningKey["publicKey"]): unknown => {
    const given = delegations.at(-1) as Delegation;
    const { id, order } = given;
    given.state = "claimed";
    const hash = suiteHash(primitives, certificate.suite);
    const proof = narrowProof(hash, proofOf(primitives, certificate), new Set(order.claims));
    const { delegate, reason, matters, until } = order;
    const grantor = certificate.claims.find(({ name }) => name === GRANTOR)?.value as string;
    const grant = { delegate, reason, matters, grantor };
    const times = { issuedAt: seconds() - 60, expiresAt: seconds() - 60 + DAY };
    const key = { publicKey } as SigningKey;
    const binding = bindingFor(certificate, key, sanyaDocumentKey, { ...times, grant });
    const delegated = { id, proof, claims: order.claims, until, ...grant };
    return deliveryToJson({ delegated, binding, ...type });
  };

  const listed = ({ id, order, state }: Delegation): unknown => {
    const { root, index, until, ...rest } = order;
    const [createdAt, ends] = [seconds(), until].map((at) => new Date(at * 1000).toISOString());
    const [claimedAt, withdrawnAt] = [null, null];
    const times = { until: ends, createdAt, claimedAt, withdrawnAt };
    return { id, root: `0x${toHex(root)}`, index, ...rest, ...times, state };
  };

  const answers: Readonly<Record<string, (body: Body) => unknown>> = {
    "/v1/claims": async (body) => {
      const { key } = opened("claim", body);
      const deliver = body.code === DELEGATE_CODE ? granted : own;
      return { delivery: await encryptedTo(body.deliveryKey, deliver(key)) };
    },
    "/v1/delegations": (body) => {
      const { order } = opened("delegation", body).wish;
      const id = String(delegations.length).padStart(32, "0");
      delegations.push({ id, order, state: "open" });
      const [until, codeExpiresAt] = [order.until, seconds() + DAY].map((at) => {
        return new Date(at * 1000).toISOString();
      });
      return { id, claimCode: DELEGATE_CODE, codeExpiresAt, until };
    },
    "/v1/delegations/list": (body) => {
      opened("delegations", body);
      return { delegations: delegations.map(listed) };
    },
    "/v1/delegations/withdrawal": (body) => {
      const { id } = opened("withdrawal", body).wish;
      const given = delegations.find((one) => one.id === id) as Delegation;
      given.state = "withdrawn";
      const [withdrawnAt, bindingsEndBy] = [0, DAY].map((later) => {
        return new Date((seconds() + later) * 1000).toISOString();
      });
      return { id, withdrawnAt, bindingsEndBy };
    },
  };

  const answer = async (route: Route): Promise<void> => {
    const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*" };
    const { pathname } = new URL(route.request().url());
    const body = route.request().postDataJSON() as Body | null;
    if (body === null) return route.fulfill({ status: 204, headers });
    const json = await answers[pathname]?.(body);
    return route.fulfill({ status: json === undefined ? 404 : 200, headers, json: json ?? {} });
  };

  return {
    certificate,
    delegations,
    revoke: () => story.setStatuses(batch, [HELD], REVOKED),
    serve: async (context) => {
      await context.route(`https://${HOST}/**`, answer);
    },
  };
}

async function encryptedTo(jwk: JWK, json: unknown): Promise<string> {
  const key = await importJWK(jwk, "ECDH-ES");
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(json)))
    .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM" })
    .encrypt(key);
}
