import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import type { CborValue } from "../../../src/core/encoding/cbor.ts";
import { decodeCbor, encodeCbor } from "../../../src/core/encoding/cbor.ts";
import { FormatError } from "../../../src/core/encoding/format-error.ts";
import { batchColumns, packBatches, unpackBatches } from "../../../src/core/trust-pack/batches.ts";
import {
  bytes,
  flag,
  hex,
  integer,
  list,
  oneOf,
  record,
  text,
} from "../../../src/core/trust-pack/codec.ts";
import { ColumnReader, ColumnWriter } from "../../../src/core/trust-pack/columns.ts";
import { packTrust } from "../../../src/core/trust-pack/pack.ts";
import { formatPlace, parsePlace } from "../../../src/core/trust-pack/place.ts";
import { encodeContent, openPack, signPack } from "../../../src/core/trust-pack/trust-pack.ts";
import type { TrustPack } from "../../../src/core/trust-pack/trust-pack.ts";
import { unpackTrust } from "../../../src/core/trust-pack/unpack.ts";
import { statusColumns } from "../../../src/core/trust-pack/statuses.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import { HANGZHOU } from "../../support/ledger-story.ts";
import { seededKey } from "../../support/seeded.ts";
import { usualCase } from "../../support/usual-case.ts";

const primitives = await loadPrimitives();
const key = seededKey("service");
const signer = { keyId: "service", sign: key.sign };
const { story, batch } = usualCase(primitives);
story.anchor(issueBatch(primitives, { seed: "Hangzhou's", agency: HANGZHOU }));
story.setStatus(batch, 1, 5).setStatus(batch, null, 1);
const all = { region: null, type: null, batch: null };
const packed = packTrust(story.view(), all, null, primitives);
const signed = signPack(signer, packed.head, packed.content);
const pack = openPack(signed, key.publicKey, primitives);

function invalid(work: () => unknown): void {
  expect(work).toThrow(expect.objectContaining({ code: "TRUST_PACK_INVALID" }));
}

describe("columns", () => {
  it("give back every number that was written", () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), fc.array(fc.integer()), (uints, ints) => {
        const writer = new ColumnWriter();
        for (const value of uints) writer.uint(value);
        for (const value of ints) writer.int(value);
        const reader = new ColumnReader(writer.bytes(), "column");
        expect(uints.map(() => reader.uint())).toEqual(uints);
        expect(ints.map(() => reader.int())).toEqual(ints);
        reader.end();
      }),
    );
  });

  it.each([
    ["cut short", [0x80]],
    ["longer than any number", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ["past 2^53", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
    ["longer than it needs to be", [0x81, 0x00]],
  ])("refuse a number %s", (_, content) => {
    const reader = new ColumnReader(Uint8Array.from(content), "column");
    expect(() => reader.uint()).toThrow(FormatError);
  });

  it("take as many as come", () => {
    const writer = new ColumnWriter();
    for (let i = 0; i < 1_000; i++) writer.uint(i);
    const reader = new ColumnReader(writer.bytes(), "column");
    for (let i = 0; i < 1_000; i++) expect(reader.uint()).toBe(i);
  });

  it("refuse bytes after their end", () => {
    expect(() => new ColumnReader(Uint8Array.of(1), "column").end()).toThrow(FormatError);
  });
});

describe("a codec", () => {
  it.each<[string, { decode(value: CborValue, where: string): unknown }, CborValue]>([
    ["text", text, 1],
    ["integer", integer, "1"],
    ["flag", flag, 0],
    ["bytes", bytes, "00"],
    ["hex", hex(2), Uint8Array.of(1)],
    ["oneOf", oneOf("a", "b"), "c"],
    ["list", list(text), "a"],
    ["record", record({ a: text }), ["a", "b"]],
    ["record", record({ a: text }), "a"],
  ])("takes nothing that is not of its form: %s", (_, codec, value) => {
    expect(() => codec.decode(value, "value")).toThrow(FormatError);
  });
});

describe("bytes that no service signed", () => {
  it("are refused, whatever byte is another, before anything in them is believed", () => {
    fc.assert(
      fc.property(fc.nat(signed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = signed.slice();
        altered[at] = (altered[at] as number) ^ change;
        invalid(() => openPack(altered, key.publicKey, primitives));
      }),
      { numRuns: 300 },
    );
  });

  it("are refused under another service's key", () => {
    invalid(() => openPack(signed, seededKey("another").publicKey, primitives));
  });

  it.each([
    ["no list", encodeCbor("pack")],
    ["one part", encodeCbor([signed])],
    ["parts that are no bytes", encodeCbor(["a", "b"])],
    ["nothing", new Uint8Array()],
  ])("are refused where there is %s", (_, content) => {
    invalid(() => openPack(content, key.publicKey, primitives));
  });

  it("are refused unread where they are too many", () => {
    const huge = { length: 2 ** 30 } as Uint8Array;
    invalid(() => openPack(huge, key.publicKey, primitives));
  });
});

/** What a service might sign that has gone mad: only its form is its own to get wrong. */
function withContent(changes: Partial<TrustPack["content"]>): TrustPack {
  return { ...pack, content: { ...pack.content, ...changes } };
}

describe("a pack that does not hold together", () => {
  const { batches, statuses } = pack.content;

  it.each<[string, Partial<TrustPack["content"]>]>([
    ["no governance", { governance: null }],
    ["roots of another number", { batches: { ...batches, count: 1 } }],
    ["fewer batches than it says", { batches: packBatches([]) }],
    ["a name that is not there", { batches: { ...batches, agencies: [] } }],
    ["batches with holes", { batches: { ...batches, ordinals: Uint8Array.of(0, 1) } }],
    ["ordinals left over", { batches: { ...batches, ordinals: Uint8Array.of(0, 0, 0) } }],
    ["more changes than there are", { statuses: { ...statuses, statuses: Uint8Array.of(5) } }],
    ["a count past all", { statuses: { ...statuses, batches: Uint8Array.of(0, 9, 9) } }],
    ["changes left over", { statuses: { ...statuses, reasons: Uint8Array.of(7, 7, 7) } }],
    [
      "changes of a batch not there",
      { statuses: { ...statuses, batches: Uint8Array.of(9, 1, 1) } },
    ],
  ])("is refused for %s", (_, changes) => {
    invalid(() => unpackTrust(withContent(changes), null));
  });

  it("is refused for a suite that nobody knows", () => {
    const records = batches.records.slice();
    // agency, type, operator, schema version, size, suite
    records[5] = 9;
    invalid(() => unpackTrust(withContent({ batches: { ...batches, records } }), null));
  });

  it("is refused for a place that can't be read", () => {
    invalid(() => unpackTrust({ ...pack, head: { ...pack.head, place: "!" } }, null));
  });

  it("is refused where it goes on from another pack, or from none", () => {
    const increment = { ...pack, head: { ...pack.head, after: "another" } };
    const outOfStep = expect.objectContaining({ code: "TRUST_PACK_OUT_OF_STEP" });
    expect(() => unpackTrust(increment, null)).toThrow(outOfStep);
    expect(() => unpackTrust(increment, unpackTrust(pack, null))).toThrow(outOfStep);
  });

  it("throws what is no fault of its form as it is", () => {
    const broken = {
      ...pack,
      get content(): never {
        throw new RangeError("ours");
      },
    };
    expect(() => unpackTrust(broken, null)).toThrow(RangeError);
    const failing = {
      ...primitives,
      sha256: () => {
        throw new RangeError("ours");
      },
    };
    expect(() => openPack(signed, key.publicKey, failing)).toThrow(RangeError);
  });

  it("is otherwise written and read alike, to the byte", () => {
    expect(encodeContent(pack.content)).toEqual(packed.content);
    const again = batchColumns.decode(decodeCbor(encodeCbor(batchColumns.encode(batches))), "b");
    expect(unpackBatches(again)).toEqual(unpackBatches(batches));
    expect(statusColumns.encode(statuses)).toHaveLength(6);
  });
});

describe("what happens in the very second of a pack", () => {
  it("is in the next one, once", () => {
    const told = usualCase(primitives);
    const region = { region: "310000", type: null, batch: null };
    told.story
      .tell({ kind: "GroupDefined", group: "沪琼", regions: ["460000"] })
      .addRule({ recognising: "310000", recognised: "0", group: "沪琼" })
      .addRule({ recognising: "310000", recognised: "0", group: "无人定义" })
      .setStatus(told.batch, 1, 1);
    const first = packTrust(told.story.view(), region, null, primitives);
    const open = (packed: typeof first) =>
      openPack(signPack(signer, packed.head, packed.content), key.publicKey, primitives);
    const held = unpackTrust(open(first), null);
    told.story.setStatus(told.batch, 1, 0).setStatus(told.batch, 1, 5);
    const next = packTrust(
      told.story.view(),
      { ...region, region: "310000" },
      held.place,
      primitives,
    );
    const { view } = unpackTrust(open(next), held);
    const [statuses] = view.state.statuses.values();
    expect(statuses?.certificates.of(1).map(({ status }) => status)).toEqual([1, 0, 5]);
    const everything = unpackTrust(open(packTrust(told.story.view(), all, null, primitives)), null);
    told.story.setStatus(told.batch, 2, 5);
    const after = packTrust(told.story.view(), all, everything.place, primitives);
    const whole = unpackTrust(open(after), everything).view.state.statuses;
    expect([...whole.values()][0]?.certificates.count).toBe(4);
  });
});

describe("a place", () => {
  it("is read as it was written, and as nothing where it was not", () => {
    const place = parsePlace(pack.head.place);
    expect(place).toMatchObject({ batches: 2, selection: all });
    expect(formatPlace(place as NonNullable<typeof place>)).toBe(pack.head.place);
    for (const other of ["", "!", "AAAA", pack.head.place.slice(0, -4)]) {
      expect(parsePlace(other)).toBeNull();
    }
  });

  it("of another ledger or selection gives a whole pack", () => {
    const place = parsePlace(pack.head.place) as NonNullable<ReturnType<typeof parsePlace>>;
    const afters = [
      { ...place, chainId: 1 },
      { ...place, directory: `0x${"00".repeat(20)}` },
      { ...place, selection: { ...all, region: "460000" } },
      { ...place, batches: 7 },
    ].map(formatPlace);
    for (const after of afters) {
      expect(packTrust(story.view(), all, after, primitives).head.after).toBeNull();
    }
  });
});
