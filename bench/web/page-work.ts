/** What is measured inside a page: compiled as the pages are, and imported by the one that is measured. */
import { certificateFromJson } from "../../src/core/certificate/certificate-file.ts";
import { openPack } from "../../src/core/trust-pack/trust-pack.ts";
import { unpackTrust } from "../../src/core/trust-pack/unpack.ts";
import { judgeInPage, withSignatures } from "../../src/web/judging/judge-in-page.ts";
import { loadHashes } from "../../src/web/judging/page-primitives.ts";
import { fetchKeys, pointOf } from "../../src/web/judging/pinned-keys.ts";
import { presenterOf } from "../../src/web/pages/showing/present-held.ts";
import { makeOffline } from "../../src/web/pages/showing/shown-code.ts";
import type { Held } from "../../src/web/vault/held.ts";

const ES256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const FIRST = 3;
const PHONE = { width: 360, ratio: 3 };

/** As JSON carries them. That the binding is another key's is for counters to mind. */
export interface Shown {
  readonly certificate: unknown;
  readonly binding: readonly number[];
}

/** Renews the code of a certificate, from choosing nothing anew to its picture on the page. @returns ms each */
export async function renewals({ certificate, binding }: Shown, times: number): Promise<number[]> {
  const hashes = await loadHashes();
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ES256, false, ["sign"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  const held = heldOf(certificate, Uint8Array.from(binding), {
    x: raw.slice(1, 33),
    y: raw.slice(33),
  });
  const sign = async (_: string, message: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.sign(ES256, privateKey, new Uint8Array(message)));
  const { holding } = held;
  const names = holding.kind === "own" ? holding.certificate.claims.map(({ name }) => name) : [];
  const present = presenterOf(hashes, held, names, { sign });
  const canvas = document.body.appendChild(document.createElement("canvas"));
  const taken: number[] = [];
  for (let i = 0; i < times + FIRST; i++) {
    const begun = performance.now();
    const { code } = await makeOffline(present, Date.now() + 1000 * i, PHONE);
    for (const picture of code.pictures) {
      canvas.width = canvas.height = code.side;
      canvas.getContext("2d")?.putImageData(new ImageData(picture, code.side), 0, 0);
    }
    taken.push(performance.now() - begun);
  }
  return taken.slice(FIRST);
}

function heldOf(
  certificate: unknown,
  binding: Uint8Array,
  holderKey: NonNullable<Held["holderKey"]>,
): Held {
  return {
    holding: { kind: "own", certificate: certificateFromJson(certificate) },
    ...{ id: "bench", holderKey, binding, bindingEnds: null, definition: null, template: null },
    ...{ agencyUrl: null, addedAt: 0, usedAt: null, useCount: 0, status: null },
  };
}

export interface LoadedPack {
  readonly bytes: number;
  readonly batches: number;
  /** Signature checked, unpacked and ready to judge by. */
  readonly milliseconds: number;
}

/** Takes a trust pack as a counter does that comes back to its desk. */
export async function loadPack(url: string): Promise<LoadedPack> {
  const [key] = await fetchKeys({ server: location.origin });
  if (key === undefined) throw new Error("the service has no key");
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const hashes = await loadHashes();
  const begun = performance.now();
  const pack = await withSignatures(hashes, (primitives) => openPackOr(bytes, key, primitives));
  if (pack instanceof Error) throw pack;
  const { view } = unpackTrust(pack, null);
  const milliseconds = performance.now() - begun;
  return { bytes: bytes.length, batches: view.state.anchors.size, milliseconds };
}

type Tools = Parameters<Parameters<typeof withSignatures>[1]>[0];
type Key = Parameters<typeof pointOf>[0];

/** A signature counts as wrong until it was looked up. */
function openPackOr(
  bytes: Uint8Array,
  key: Key,
  primitives: Tools,
): ReturnType<typeof openPack> | Error {
  try {
    return openPack(bytes, pointOf(key), primitives);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Judges these codes again and again by the service's pack. @returns verdicts a second */
export async function judgements(
  codes: readonly string[],
  region: string,
  forMs: number,
): Promise<number> {
  const [key] = await fetchKeys({ server: location.origin });
  if (key === undefined) throw new Error("the service has no key");
  const bytes = new Uint8Array(await (await fetch("/v1/trust-pack")).arrayBuffer());
  const pack = await withSignatures(await loadHashes(), (primitives) =>
    openPackOr(bytes, key, primitives),
  );
  if (pack instanceof Error) throw pack;
  const { view } = unpackTrust(pack, null);
  const request = { now: Math.floor(Date.now() / 1000), region, maxLedgerAge: 86_400 };
  const begun = performance.now();
  let judged = 0;
  for (; performance.now() - begun < forMs; judged++) {
    const { verdict } = await judgeInPage(
      { qr: codes[judged % codes.length] ?? "" },
      view,
      request,
    );
    if (verdict !== "accepted") throw new Error(`a good code is ${verdict}`);
  }
  return (judged * 1000) / (performance.now() - begun);
}
