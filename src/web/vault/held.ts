/** What the wallet holds: a certificate of one's own, or what somebody lets one show; and how it is kept. */
import { certificateFromJson, certificateToJson } from "../../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { PageTemplate } from "../../core/catalogue/page-template.ts";
import { fromBase64Url, toBase64Url } from "../../core/encoding/bytes.ts";
import type { P256PublicKey } from "../../core/hashing.ts";
import type { Delegated } from "../../core/holding/delivery.ts";
import { deliveryToJson, readDelivery } from "../../core/holding/delivery.ts";
import { decodeBinding } from "../../core/presentation/binding.ts";
import type { Words } from "../../core/words.ts";
import type { Hashes } from "../judging/page-primitives.ts";
import { WalletFault } from "./wallet-fault.ts";

/** As the verifier told it last. */
export interface KnownStatus {
  /** `active`, or the code of the first check that did not pass: REVOKED, ROOT_NOT_ANCHORED … */
  readonly name: string;
  readonly words: Words;
  /** Null where it could not be told. */
  readonly holds: boolean | null;
  /** How new the verifier's view of the chain was, in seconds since 1970. */
  readonly asOf: number;
}

export type Holding =
  | { readonly kind: "own"; readonly certificate: CertificateFile }
  | { readonly kind: "delegated"; readonly delegated: Delegated };

export interface NewHolding {
  readonly holding: Holding;
  readonly binding: Uint8Array | null;
  /** Null where a file was imported whose type is not known here. */
  readonly definition: CertificateType | null;
  readonly template: PageTemplate | null;
  /** The endpoint that it came from, which renews its binding. */
  readonly agencyUrl: string | null;
}

/** Times are seconds since 1970. */
export interface Held extends NewHolding {
  /** Random, and of this device alone. */
  readonly id: string;
  /** Null for what was imported: it can be shown without a holder's proof only. */
  readonly holderKey: P256PublicKey | null;
  readonly bindingEnds: number | null;
  readonly addedAt: number;
  readonly usedAt: number | null;
  readonly useCount: number;
  readonly status: KnownStatus | null;
}

/** What is sealed: everything but its key. */
export type HeldContent = Omit<Held, "id" | "holderKey" | "bindingEnds">;

/** What changes while it is held. */
export type HeldChange = Partial<Pick<Held, "binding" | "usedAt" | "useCount" | "status">>;

type KeptMembers = Omit<Held, "id" | "holderKey" | "bindingEnds" | keyof NewHolding>;

interface Kept extends KeptMembers {
  readonly delivery: unknown;
  readonly agencyUrl: string | null;
}

/** JSON of everything but the key, which can't be written. */
export function heldToJson(held: HeldContent): unknown {
  const { agencyUrl, addedAt, usedAt, useCount, status } = held;
  return { delivery: deliveryJson(held), agencyUrl, addedAt, usedAt, useCount, status };
}

function deliveryJson({ holding, binding, definition, template }: NewHolding): unknown {
  if (holding.kind === "delegated") {
    const { delegated } = holding;
    if (definition === null || binding === null) throw new WalletFault("DELIVERY_UNREADABLE");
    return deliveryToJson({ delegated, binding, definition, template });
  }
  const { certificate } = holding;
  if (definition !== null) return deliveryToJson({ certificate, binding, definition, template });
  const encoded = binding && toBase64Url(binding);
  return { certificate: certificateToJson(certificate), binding: encoded, definition: null };
}

/** @throws WalletFault HOLDING_DAMAGED: the vault's own seal was good, so the pages have changed since */
export function heldFromJson(
  hashes: Hashes,
  json: unknown,
  key: Pick<Held, "id" | "holderKey">,
): Held {
  const { delivery, ...rest } = json as Kept;
  try {
    const holding = holdingOf(hashes, delivery as Readonly<Record<string, unknown>>);
    return { ...rest, ...holding, ...key, bindingEnds: bindingEnds(holding.binding) };
  } catch (cause) {
    throw new WalletFault("HOLDING_DAMAGED", key.id, cause);
  }
}

type Unbound = Omit<NewHolding, "agencyUrl">;

function holdingOf(hashes: Hashes, delivery: Readonly<Record<string, unknown>>): Unbound {
  if (delivery["definition"] === null) return unknownType(delivery);
  const read = readDelivery(hashes, delivery);
  const { binding, definition, template } = read;
  const holding: Holding =
    "delegated" in read
      ? { kind: "delegated", delegated: read.delegated }
      : { kind: "own", certificate: read.certificate };
  return { holding, binding, definition, template };
}

function unknownType({ certificate, binding }: Readonly<Record<string, unknown>>): Unbound {
  const bytes = typeof binding === "string" ? fromBase64Url(binding) : null;
  const own: Holding = { kind: "own", certificate: certificateFromJson(certificate) };
  return { holding: own, binding: bytes, definition: null, template: null };
}

export function bindingEnds(binding: Uint8Array | null): number | null {
  return binding === null ? null : decodeBinding(binding, "binding").expiresAt;
}
