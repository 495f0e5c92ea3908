import { describe, expect, it } from "@jest/globals";
import {
  AbiCoder,
  encodeBytes32String,
  hexlify,
  keccak256 as ethersKeccak256,
  toUtf8Bytes,
} from "ethers";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { findAnchor, isDistrusted, nextHead } from "../../../src/core/ledger/anchors.ts";
import type { BatchAnchored } from "../../../src/core/ledger/events.ts";
import type { Anchor } from "../../../src/core/ledger/state.ts";
import { ZERO_HASH, emptyLedger } from "../../../src/core/ledger/state.ts";
import { issueBatch } from "../../support/certificate-batch.ts";
import {
  DAY,
  HANGZHOU,
  IDENTITY,
  MARRIAGE,
  NOW,
  SANYA,
  T0,
  tellUsualStory,
} from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();
const batch = issueBatch(primitives);

const anchored: BatchAnchored = {
  kind: "BatchAnchored",
  agency: SANYA.code,
  root: batch.root,
  type: MARRIAGE,
  sequence: 7,
  schemaVersion: 65535,
  size: 2 ** 32,
  suite: 2,
  time: NOW,
  manifestHash: `0x${"3f".repeat(32)}`,
  operator: SANYA.operator,
  head: "",
};

/** The same fold with the Solidity types of the contract, by ethers. */
function headByEthers(previous: string, event: BatchAnchored): string {
  const types =
    "bytes32 uint256 address uint64 bytes18 bytes32 bytes21 uint16 uint64 uint8 uint64 bytes32 bytes32";
  const text = (value: string): string => hexlify(toUtf8Bytes(value));
  const values = [
    ethersKeccak256(toUtf8Bytes("liangzheng/batch-anchor/1")),
    IDENTITY.chainId,
    IDENTITY.anchor,
    event.sequence,
    text(event.agency),
    event.root,
    text(event.type),
    event.schemaVersion,
    event.size,
    event.suite,
    event.time,
    event.manifestHash,
    previous,
  ];
  return ethersKeccak256(AbiCoder.defaultAbiCoder().encode(types.split(" "), values));
}

describe("the log's head", () => {
  it("is what abi.encode and keccak256 give", () => {
    for (const previous of [ZERO_HASH, encodeBytes32String("before")]) {
      const state = { ...emptyLedger(IDENTITY), head: previous };
      const head = nextHead(primitives.keccak256, state, anchored);
      expect(head).toBe(headByEthers(previous, anchored));
    }
  });

  it.each<[string, Partial<BatchAnchored>]>([
    ["agency", { agency: HANGZHOU.code }],
    ["root", { root: ZERO_HASH }],
    ["type", { type: "x".repeat(21) }],
    ["sequence", { sequence: 8 }],
    ["schema version", { schemaVersion: 1 }],
    ["size", { size: 1 }],
    ["suite", { suite: 1 }],
    ["time", { time: NOW + 1 }],
    ["manifest", { manifestHash: ZERO_HASH }],
  ])("is another for another %s", (_, changes) => {
    const fold = (event: BatchAnchored) =>
      nextHead(primitives.keccak256, emptyLedger(IDENTITY), event);
    expect(fold({ ...anchored, ...changes })).not.toBe(fold(anchored));
  });
});

describe("an anchor", () => {
  it("is found by agency and root together", () => {
    const { state } = tellUsualStory(primitives).anchor(batch);
    expect(findAnchor(state, SANYA.code, batch.root)).toMatchObject({
      size: 5,
      assurance: 4,
      time: T0,
    });
    expect(findAnchor(state, HANGZHOU.code, batch.root)).toBeUndefined();
    expect(findAnchor(state, SANYA.code, ZERO_HASH)).toBeUndefined();
  });

  it("stands as first recorded, though the log goes on", () => {
    const story = tellUsualStory(primitives).anchor(batch);
    const head = story.state.head;
    story.at(NOW).anchor(batch, { size: 99 });
    expect(findAnchor(story.state, SANYA.code, batch.root)).toMatchObject({ size: 5, time: T0 });
    expect(story.state.sequence).toBe(2);
    expect(story.state.head).not.toBe(head);
  });

  it("does not block another agency that anchors the same root", () => {
    const { state } = tellUsualStory(primitives)
      .anchor(batch, { agency: HANGZHOU.code, operator: HANGZHOU.operator })
      .anchor(batch);
    expect(findAnchor(state, SANYA.code, batch.root)?.assurance).toBe(4);
  });

  it("is distrusted from the second its key was stolen, and not before", () => {
    const story = tellUsualStory(primitives)
      .at(T0 + DAY)
      .anchor(batch);
    const anchor = findAnchor(story.state, SANYA.code, batch.root) as Anchor;
    expect(isDistrusted(story.state, anchor)).toBe(false);
    expect(isDistrusted(story.state, { ...anchor, operator: "0x" })).toBe(false);
    story.tell({
      kind: "OperatorDistrusted",
      agency: SANYA.code,
      account: SANYA.operator,
      since: T0 + DAY,
    });
    expect(isDistrusted(story.state, anchor)).toBe(true);
    expect(isDistrusted(story.state, { ...anchor, time: T0 + DAY - 1 })).toBe(false);
  });
});
