/** One certificate of a page alone, and a page without one of its certificates. */
import { concatBytes } from "../../core/encoding/bytes.ts";
import { entry, viewOf } from "../hashing/flat-certificates.ts";
import type { FlatCertificates } from "../hashing/flat-certificates.ts";
import type { PageContent } from "./page-format.ts";

/** @param at which of those that are there, from 0 */
export function onlyOf({ places, certificates }: PageContent, at: number): FlatCertificates {
  const index = certificates.firstIndex + entry(places, at);
  const only = joined([viewOf(certificates, at, at + 1)]);
  return { ...only, firstIndex: index };
}

export function without({ places, certificates }: PageContent, at: number): PageContent {
  const before = viewOf(certificates, 0, at);
  const after = viewOf(certificates, at + 1, certificates.count);
  const rest = joined([before, after]);
  return { places: places.filter((_, i) => i !== at), certificates: rest };
}

/** Views of the same page, one after another, as buffers of their own. */
function joined(views: readonly [FlatCertificates, ...FlatCertificates[]]): FlatCertificates {
  const [{ firstIndex, names }] = views;
  return {
    count: views.reduce((sum, { count }) => sum + count, 0),
    firstIndex,
    names,
    claimStarts: joinedEnds(views.map(({ claimStarts }) => claimStarts)),
    nameNumbers: Uint16Array.from(views.flatMap(({ nameNumbers }) => [...nameNumbers])),
    salts: concatBytes(...views.map(({ salts }) => salts)),
    values: {
      bytes: concatBytes(...views.map(({ values }) => values.bytes)),
      ends: joinedEnds(views.map(({ values }) => values.ends)),
    },
    validities: Float64Array.from(views.flatMap(({ validities }) => [...validities])),
    holders: concatBytes(...views.map(({ holders }) => holders)),
  };
}

/** In each view items may be counted from elsewhere: what they have in common is their lengths. */
function joinedEnds(views: readonly Uint32Array[]): Uint32Array {
  const ends = [0];
  for (const view of views) {
    for (let i = 1; i < view.length; i++) {
      ends.push((ends.at(-1) as number) + entry(view, i) - entry(view, i - 1));
    }
  }
  return Uint32Array.from(ends);
}
