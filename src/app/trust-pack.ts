/** Gives out trust packs: what takes long is done once for all who ask for the same. */
import { toHex } from "../core/encoding/bytes.ts";
import type { Primitives } from "../core/hashing.ts";
import { ledgerVersion } from "../core/ledger/version.ts";
import type { PackedTrust } from "../core/trust-pack/pack.ts";
import { packTrust, withAge } from "../core/trust-pack/pack.ts";
import type { Selection } from "../core/trust-pack/selection.ts";
import { signPack } from "../core/trust-pack/trust-pack.ts";
import type { LedgerView } from "../core/verify/case.ts";
import type { Clock } from "../ports/clock.ts";
import type { ServiceKeys } from "../ports/service-keys.ts";

export interface PackTools {
  readonly primitives: Pick<Primitives, "sha256">;
  readonly clock: Clock;
  readonly keys: Pick<ServiceKeys, "keyId" | "sign">;
}

/** A pack as bytes; two of the same `entity` hold the same, though one may be younger. */
export interface GivenPack {
  readonly bytes: Uint8Array;
  readonly entity: string;
}

interface Kept {
  readonly packed: PackedTrust;
  readonly version: string;
  /** Seconds since 1970. */
  readonly madeAt: number;
}

/**
 * For so long a whole pack is given out again, though more has happened since: it says how old it is, and what
 * happened is asked for after it. Packing a province takes a good part of a second.
 */
const REUSED_SECONDS = 60;
/** How many are kept: a province has a hundred regions, but most ask for increments. */
const MAX_KEPT = 16;

export class TrustPacks {
  readonly #tools: PackTools;
  readonly #kept = new Map<string, Kept>();

  constructor(tools: PackTools) {
    this.#tools = tools;
  }

  /** @param after the place of the pack that the caller holds; null for a whole one */
  give(view: LedgerView, selection: Selection, after: string | null): GivenPack {
    const { head, content } = this.#packed(view, selection, after);
    const entity = `${String(after)}/${toHex(head.contentHash)}`;
    return { bytes: signPack(this.#tools.keys, head, content), entity };
  }

  #packed(view: LedgerView, selection: Selection, after: string | null): PackedTrust {
    const name = JSON.stringify([selection, after]);
    const version = ledgerVersion(view.state);
    const kept = this.#kept.get(name);
    if (kept?.version === version) return withAge(kept.packed, view);
    const age = kept === undefined ? Infinity : this.#tools.clock.now() - kept.madeAt;
    if (kept !== undefined && after === null && age < REUSED_SECONDS) return kept.packed;
    const packed = packTrust(view, selection, after, this.#tools.primitives);
    this.#keep(name, { packed, version, madeAt: this.#tools.clock.now() });
    return packed;
  }

  #keep(name: string, kept: Kept): void {
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= MAX_KEPT) return;
      this.#kept.delete(oldest);
    }
  }
}
