import { describe, expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { emptyLedger } from "../../../src/core/ledger/state.ts";
import { ledgerVersion } from "../../../src/core/ledger/version.ts";
import { IDENTITY, SANYA, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();

describe("a ledger's version", () => {
  it("is there before the first event, and another after each", () => {
    const empty = ledgerVersion(emptyLedger(IDENTITY));
    const story = tellUsualStory(primitives);
    const told = ledgerVersion(story.state);
    story.tell({ kind: "OperatorRemoved", agency: SANYA.code, account: SANYA.operator });
    expect(new Set([empty, told, ledgerVersion(story.state)]).size).toBe(3);
    expect(told).toBe(ledgerVersion(tellUsualStory(primitives).state));
  });
});
