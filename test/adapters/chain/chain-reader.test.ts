import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Wallet, getAddress, hexlify, toUtf8Bytes } from "ethers";
import { Account } from "../../../src/adapters/chain/account.ts";
import { chainReader } from "../../../src/adapters/chain/chain-reader.ts";
import {
  codeToChain,
  endToChain,
  groupToChain,
  regionToChain,
} from "../../../src/adapters/chain/chain-words.ts";
import type { ContractName } from "../../../src/adapters/chain/contracts.ts";
import { interfaceOf } from "../../../src/adapters/chain/contracts.ts";
import { governance } from "../../../src/adapters/chain/governance.ts";
import { walletSigner } from "../../../src/adapters/chain/wallet-signer.ts";
import { concatBytes, toHex } from "../../../src/core/encoding/bytes.ts";
import { findDiscontinuity } from "../../../src/core/ledger/continuity.ts";
import type { LedgerEvent } from "../../../src/core/ledger/events.ts";
import { applyEvent } from "../../../src/core/ledger/reduce.ts";
import { emptyLedger } from "../../../src/core/ledger/state.ts";
import { altering, alteringLogs, limitingLogs, withoutBlocks } from "../../support/rpc-proxy.ts";
import type { RpcLog } from "../../support/rpc-proxy.ts";
import { seededBytes, seededKey, seededSm2Key } from "../../support/seeded.ts";
import type { LedgerWorld } from "../../support/ledger-world.ts";
import {
  HAINAN,
  OTHER_TYPE_CODE,
  SHANGHAI,
  TYPE_CODE,
  USUAL_RULE,
  allEvents,
  anchorRoots,
  callContract,
  mine,
  startLedgerWorld,
} from "../../support/ledger-world.ts";

let world: LedgerWorld;
let authority: string;
/** The chain's time when the test began. */
let now: number;

beforeAll(async () => {
  world = await startLedgerWorld();
  authority = world.authority.address;
  now = (await world.reader.latestBlock()).time;
});
afterEach(() => {
  world.proxy.behave(null);
});
afterAll(() => world.close());

const agency = codeToChain(SHANGHAI.code);
const type = codeToChain(TYPE_CODE);

/** Calls a contract and gives the events of its block, as the reader decodes them. */
async function eventsOf(
  name: ContractName,
  method: string,
  args: readonly unknown[],
  account?: Account,
): Promise<LedgerEvent[]> {
  await callContract(world, name, method, args, account);
  return eventsOfLastBlock();
}

async function eventsOfLastBlock(): Promise<LedgerEvent[]> {
  const { number, time } = await world.reader.latestBlock();
  const events = await world.reader.events(number, number);
  for (const event of events) {
    expect(event.position).toMatchObject({ block: number, time });
    expect(event.position.transaction).toMatch(/^0x[0-9a-f]{64}$/);
  }
  return events;
}

async function single(
  name: ContractName,
  method: string,
  args: readonly unknown[],
  account?: Account,
): Promise<LedgerEvent> {
  const events = await eventsOf(name, method, args, account);
  expect(events).toHaveLength(1);
  return events[0] as LedgerEvent;
}

describe("every event of the agency registry", () => {
  const other = "11330000MB1A00001L";
  const account = new Wallet(`0x${toHex(seededBytes("second operator", 32))}`).address;

  it("AgencyRegistered: code, region, name, when, why and by whom", async () => {
    const args = [codeToChain(other), 330000, "浙江省证照样例局", now, "浙政〔2026〕1号"];
    expect(await single("AgencyRegistry", "registerAgency", args)).toMatchObject({
      kind: "AgencyRegistered",
      agency: other,
      region: "330000",
      name: "浙江省证照样例局",
      effectiveFrom: now,
      basis: "浙政〔2026〕1号",
      by: authority,
      sequence: expect.any(Number),
    });
  });

  it.each([
    [2, "suspended"],
    [1, "active"],
    [3, "closed"],
  ])("AgencyStatusChanged: %i is %s", async (status, word) => {
    const args = [codeToChain(other), status, now, "依据"];
    expect(await single("AgencyRegistry", "setAgencyStatus", args)).toMatchObject({
      kind: "AgencyStatusChanged",
      agency: other,
      status: word,
      effectiveFrom: now,
      basis: "依据",
      by: authority,
    });
  });

  it("AgencySucceeded: by which, from when on", async () => {
    const closed = "11520000MB1A00001X";
    const known = [codeToChain(closed), 520000, "贵州省证照样例局", now, "依据"];
    await callContract(world, "AgencyRegistry", "registerAgency", known);
    const args = [codeToChain(closed), agency, now, "机构改革方案"];
    expect(await single("AgencyRegistry", "succeedAgency", args)).toMatchObject({
      kind: "AgencySucceeded",
      agency: closed,
      successor: SHANGHAI.code,
      effectiveFrom: now,
      basis: "机构改革方案",
      by: authority,
    });
  });

  it("EntitlementGranted: the type, the window and the assurance level", async () => {
    const args = [agency, codeToChain(OTHER_TYPE_CODE), now, now + 1000, 2, "依据"];
    expect(await single("AgencyRegistry", "grantEntitlement", args)).toMatchObject({
      kind: "EntitlementGranted",
      agency: SHANGHAI.code,
      type: OTHER_TYPE_CODE,
      validFrom: now,
      validUntil: now + 1000,
      assurance: 2,
      by: authority,
    });
  });

  it("EntitlementEnded: the type", async () => {
    const args = [agency, codeToChain(OTHER_TYPE_CODE), "依据"];
    expect(await single("AgencyRegistry", "endEntitlement", args)).toMatchObject({
      kind: "EntitlementEnded",
      agency: SHANGHAI.code,
      type: OTHER_TYPE_CODE,
      basis: "依据",
    });
  });

  it("OperatorAdded: the account in lower case, and no end where there is none", async () => {
    const args = [agency, account, now, 0, "依据"];
    expect(await single("AgencyRegistry", "addOperator", args)).toMatchObject({
      kind: "OperatorAdded",
      agency: SHANGHAI.code,
      account: account.toLowerCase(),
      validFrom: now,
      validUntil: null,
    });
  });

  it("OperatorDistrusted: since when", async () => {
    const args = [agency, account, now - 5, "密钥失窃"];
    expect(await single("AgencyRegistry", "distrustOperator", args)).toMatchObject({
      kind: "OperatorDistrusted",
      account: account.toLowerCase(),
      since: now - 5,
      basis: "密钥失窃",
    });
  });

  it("OperatorDistrustLifted: the account", async () => {
    const args = [agency, account, "查明未失窃"];
    expect(await single("AgencyRegistry", "liftOperatorDistrust", args)).toMatchObject({
      kind: "OperatorDistrustLifted",
      agency: SHANGHAI.code,
      account: account.toLowerCase(),
      basis: "查明未失窃",
    });
  });

  it("OperatorRemoved: the account", async () => {
    await callContract(world, "AgencyRegistry", "addOperator", [agency, account, now, 0, ""]);
    expect(await single("AgencyRegistry", "removeOperator", [account, "依据"])).toMatchObject({
      kind: "OperatorRemoved",
      agency: SHANGHAI.code,
      account: account.toLowerCase(),
    });
  });

  it.each([
    [0, "P-256", seededKey("another document key").publicKey],
    [1, "SM2", seededSm2Key("an SM2 document key").publicKey],
  ])("DocumentKeyAdded: algorithm %i is %s", async (number, algorithm, { x, y }) => {
    const point = { x: `0x${toHex(x)}`, y: `0x${toHex(y)}` };
    const args = [agency, number, point.x, point.y, now, now + 9, "依据"];
    expect(await single("AgencyRegistry", "addDocumentKey", args)).toMatchObject({
      kind: "DocumentKeyAdded",
      agency: SHANGHAI.code,
      algorithm,
      ...point,
      validFrom: now,
      validUntil: now + 9,
      keyId: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    });
  });

  it.each([
    ["DocumentKeyEnded", "endDocumentKey"],
    ["DocumentKeyDistrusted", "distrustDocumentKey"],
    ["DocumentKeyDistrustLifted", "liftDocumentKeyDistrust"],
  ])("%s: the key by its name", async (kind, method) => {
    const { x, y } = seededKey("another document key").publicKey;
    const keyId = `0x${toHex(world.primitives.keccak256(concatBytes(x, y)))}`;
    const event = await single("AgencyRegistry", method, [agency, keyId, "依据"]);
    expect(event).toMatchObject({ kind, agency: SHANGHAI.code, keyId, basis: "依据" });
  });
});

describe("every event of the catalogue", () => {
  const local = "11460000MB1A00001P001";

  it("TypePublished: names, schema, what is always disclosed", async () => {
    const schemaHash = `0x${"5c".repeat(32)}`;
    const names = { name: "本地证", nameEn: "Local certificate", alwaysDisclosed: ["holderName"] };
    const publication = { schemaHash, ...names, validity: "from=issueDate", uri: "https://x" };
    const args = [codeToChain(local), 460000, { ...publication, effectiveFrom: now }, "依据"];
    expect(await single("CertificateCatalog", "publishType", args)).toMatchObject({
      kind: "TypePublished",
      type: local,
      region: "460000",
      version: 1,
      number: 3,
      ...publication,
      effectiveFrom: now,
      basis: "依据",
      by: authority,
    });
  });

  it("TypePublished: one for each version that one transaction publishes, in order", async () => {
    const publication = {
      type: local,
      region: "460000",
      schemaHash: `0x${"5d".repeat(32)}`,
      name: "本地证",
      nameEn: "Local certificate",
      alwaysDisclosed: [],
      validity: "from=issueDate;years=6",
      effectiveFrom: now,
      uri: "",
      basis: "依据",
    };
    const other = { ...publication, type: "11460000MB1A00001P002", region: "0" };
    await world.governance.publishTypes([publication, other]);
    expect(await eventsOfLastBlock()).toMatchObject([
      { kind: "TypePublished", ...publication, version: 2, number: 3 },
      { kind: "TypePublished", ...other, version: 1, number: 4 },
    ]);
  });

  it("TypeRetired: the type", async () => {
    const args = [codeToChain(local), "依据"];
    expect(await single("CertificateCatalog", "retireType", args)).toMatchObject({
      kind: "TypeRetired",
      type: local,
      basis: "依据",
    });
  });
});

describe("every event of the batch log and of the statuses", () => {
  let root: string;

  it("BatchAnchored: the whole record, with the head that follows", async () => {
    [root] = (await anchorRoots(world, "first")) as [string];
    const [event] = await eventsOfLastBlock();
    const { time } = await world.reader.latestBlock();
    expect(event).toMatchObject({
      kind: "BatchAnchored",
      agency: SHANGHAI.code,
      root,
      type: TYPE_CODE,
      sequence: 1,
      schemaVersion: 1,
      size: 100,
      suite: 1,
      time,
      manifestHash: root,
      operator: world.operator.address,
    });
  });

  it("BatchAnchored: one for each batch that one transaction anchors, in order", async () => {
    const batches = ["a", "b", "c"].map((name, i) => {
      return { root: `0x${toHex(seededBytes(name, 32))}`, size: i + 1, manifestHash: root };
    });
    const args = [type, 1, 2, batches];
    const events = await eventsOf("BatchAnchor", "anchorMany", args, world.operator);
    expect(events).toMatchObject(
      batches.map((batch, i) => ({
        ...batch,
        sequence: i + 2,
        suite: 2,
        position: { logIndex: i },
      })),
    );
  });

  it("CertificateStatusChanged: which certificate, what, when and by whom", async () => {
    const args = [agency, root, 65, 1, now, 42];
    expect(await single("StatusRegistry", "setStatus", args, world.operator)).toMatchObject({
      kind: "CertificateStatusChanged",
      agency: SHANGHAI.code,
      root,
      index: 65,
      status: 1,
      effectiveFrom: now,
      reason: 42,
      by: world.operator.address,
    });
    const block = await world.reader.latestBlock();
    expect(await world.reader.statusWord(SHANGHAI.code, root, 1, block)).toBe(1n << 4n);
    expect(await world.reader.statusWord(SHANGHAI.code, root, 0, block)).toBe(0n);
  });

  it("CertificatesStatusChanged: which certificates, in one event", async () => {
    const order = { agency: SHANGHAI.code, root, status: 5, effectiveFrom: now, reason: 3 };
    const indices = [1, 63, 64, 99];
    await governance(world.deployment, world.operator).setStatuses({ ...order, indices });
    expect(await eventsOfLastBlock()).toMatchObject([
      { kind: "CertificatesStatusChanged", ...order, indices, by: world.operator.address },
    ]);
    const block = await world.reader.latestBlock();
    expect(await world.reader.statusWord(SHANGHAI.code, root, 0, block)).toBe(
      (5n << 4n) | (5n << 252n),
    );
  });

  it("BatchStatusChanged: the whole batch", async () => {
    const args = [agency, root, 15, now, 0];
    expect(await single("StatusRegistry", "setBatchStatus", args)).toMatchObject({
      kind: "BatchStatusChanged",
      agency: SHANGHAI.code,
      root,
      status: 15,
      by: authority,
    });
    const block = await world.reader.latestBlock();
    expect(await world.reader.batchStatus(SHANGHAI.code, root, block)).toBe(15);
  });
});

describe("every event of the recognition policy", () => {
  it("GroupDefined: a name in Chinese and its regions", async () => {
    const regions = ["310000", "320000", "330000"];
    const args = [groupToChain("长三角"), regions.map(regionToChain), "依据"];
    expect(await single("RecognitionPolicy", "defineGroup", args)).toMatchObject({
      kind: "GroupDefined",
      group: "长三角",
      regions,
    });
  });

  it.each(["accept", "conditional", "suspend", "deny"] as const)(
    "RuleAdded: a rule to %s says all of it, as it was given",
    async (effect) => {
      const rule = {
        ...USUAL_RULE,
        recognised: "0",
        group: "长三角",
        type: null,
        serviceItems: ["户口迁移", "购房"],
        leastAssurance: 4,
        maxStatusAge: 3600,
        validFrom: now,
        validUntil: now + 86_400,
        effect,
        condition: "须出示原件",
      };
      await world.governance.addRule(rule);
      const [event] = await eventsOfLastBlock();
      expect(event).toMatchObject({ kind: "RuleAdded", rule, by: authority });
    },
  );

  it("RuleEnded: which", async () => {
    expect(await single("RecognitionPolicy", "endRule", [2, "依据"])).toMatchObject({
      kind: "RuleEnded",
      ruleId: 2,
    });
  });
});

describe("every event of the authority registry", () => {
  const account = `0x${"ab".repeat(20)}`;

  it("AuthorityAppointed: over which region, from when on", async () => {
    await world.governance.appoint("460200", account, "琼编〔2026〕1号");
    const { time } = await world.reader.latestBlock();
    expect(await eventsOfLastBlock()).toMatchObject([
      {
        kind: "AuthorityAppointed",
        region: "460200",
        account,
        effectiveFrom: time,
        basis: "琼编〔2026〕1号",
        by: authority,
        sequence: 2,
      },
    ]);
  });

  it("AuthorityAppointed: over the whole country, by the contracts' administrator", async () => {
    await world.governance.appoint("0", account, "依据");
    expect(await eventsOfLastBlock()).toMatchObject([
      { kind: "AuthorityAppointed", region: "0", account, by: authority, sequence: 3 },
    ]);
  });

  it.each(["460200", "0"])("AuthorityDismissed: over region %s", async (region) => {
    await world.governance.dismiss(region, account, "依据");
    expect(await eventsOfLastBlock()).toMatchObject([
      { kind: "AuthorityDismissed", region, account, basis: "依据", by: authority },
    ]);
  });

  it("roles that concern no region say nothing, nor do the manager's other events", async () => {
    expect(await eventsOf("AuthorityRegistry", "grantRole", [7, account, 0])).toEqual([]);
    expect(await eventsOf("AuthorityRegistry", "revokeRole", [7, account])).toEqual([]);
    expect(await eventsOf("AuthorityRegistry", "labelRole", [7, "三亚"])).toEqual([]);
  });
});

describe("an authority that means mischief", () => {
  const registry = () => world.deployment.addresses.AgencyRegistry;

  /** A call whose text is not UTF-8, which no honest program sends. */
  async function callWithBrokenText(method: string, args: unknown[], text: string): Promise<void> {
    const data = interfaceOf("AgencyRegistry").encodeFunctionData(method, args);
    const from = hexlify(toUtf8Bytes(text)).slice(2);
    expect(data).toContain(from);
    await world.authority.execute({
      to: registry(),
      data: data.replace(from, "ff".repeat(from.length / 2)),
    });
  }

  it("can't stop every reader with a name that is not UTF-8", async () => {
    const code = "11440000MB1A00001F";
    const args = [codeToChain(code), 440000, "贵州省证照样例局", now, "依据"];
    await callWithBrokenText("registerAgency", args, "贵州省证照样例局");
    expect(await eventsOfLastBlock()).toMatchObject([
      { kind: "AgencyRegistered", agency: code, name: "\uFFFD", basis: "依据" },
    ]);
  });

  it("can't stop every reader with a group whose name fills all its bytes, or is not UTF-8", async () => {
    const full = `0x${"61".repeat(32)}`;
    const broken = `0x${"ff".repeat(3)}${"00".repeat(29)}`;
    for (const group of [full, broken]) {
      const event = await single("RecognitionPolicy", "defineGroup", [group, [310000], "依据"]);
      expect(event).toMatchObject({ kind: "GroupDefined", group, regions: ["310000"] });
    }
  });

  it("can't stop every reader with service items or words of a rule that are not UTF-8", async () => {
    const rule = {
      recognising: 460000,
      recognised: 310000,
      group: groupToChain(null),
      certificateType: type,
      serviceItems: ["AAAAAAAA", "购房"],
      leastAssurance: 0,
      maxStatusAge: 0,
      validFrom: now,
      validUntil: endToChain(null),
      effect: 3,
      condition: "BBBBBBBB",
      basis: "依据",
    };
    const contract = interfaceOf("RecognitionPolicy");
    const data = contract
      .encodeFunctionData("addRule", [rule])
      .replace("41".repeat(8), "fe".repeat(8))
      .replace("42".repeat(8), "fe".repeat(8));
    await world.authority.execute({ to: world.deployment.addresses.RecognitionPolicy, data });
    expect(await eventsOfLastBlock()).toMatchObject([
      {
        kind: "RuleAdded",
        rule: {
          serviceItems: ["\uFFFD", "购房"],
          condition: "\uFFFD",
          effect: "deny",
          basis: "依据",
        },
      },
    ]);
  });

  it("can't stop every reader with times past all counting", async () => {
    const most = 2n ** 64n - 1n;
    const args = [codeToChain(HAINAN.code), type, now, most, 4, "依据"];
    expect(await single("AgencyRegistry", "grantEntitlement", args)).toMatchObject({
      validUntil: Number.MAX_SAFE_INTEGER,
    });
  });
});

describe("the whole history", () => {
  it("has no gap, and folds to the number and head that the contracts themselves say", async () => {
    const block = await world.reader.latestBlock();
    const counters = await world.reader.counters(block);
    const state = emptyLedger(world.reader.identity);
    for (const event of await allEvents(world)) {
      expect(findDiscontinuity(world.primitives.keccak256, state, event)).toBeNull();
      applyEvent(state, event);
    }
    const { sequence, head, sequences } = state;
    expect(counters).toEqual({ sequence, head, sequences });
    expect(sequence).toBe(4);
  });

  it("is the same whatever order a node gives its logs in", async () => {
    const events = await allEvents(world);
    world.proxy.behave(alteringLogs((logs) => logs.reverse()));
    const { number } = await world.reader.latestBlock();
    expect(await world.proxiedReader.events(world.reader.firstBlock, number)).toEqual(events);
  });

  it("is the same from a node that does not put the time beside its logs", async () => {
    const events = await allEvents(world);
    const timeless = ({ blockTimestamp: _time, ...log }: RpcLog): unknown => log;
    world.proxy.behave(alteringLogs((logs) => logs.map(timeless)));
    const { number } = await world.reader.latestBlock();
    expect(await world.proxiedReader.events(world.reader.firstBlock, number)).toEqual(events);
  });

  it("is asked for in steps that gateways allow", async () => {
    await mine(world, 2_500);
    const events = await allEvents(world);
    world.proxy.behave(limitingLogs(1_000));
    world.proxy.forget();
    const { number } = await world.reader.latestBlock();
    expect(await world.proxiedReader.events(world.reader.firstBlock, number)).toEqual(events);
    expect(world.proxy.calls.filter(({ method }) => method === "eth_getLogs")).toHaveLength(3);
  });
});

describe("a node whose answers are not what a node answers", () => {
  const first = (): Promise<LedgerEvent[]> => world.proxiedReader.events(0, 60);

  it("has no newest block, or none that a log stands in", async () => {
    world.proxy.behave(withoutBlocks);
    await expect(world.proxiedReader.latestBlock()).rejects.toMatchObject({ code: "RPC_FAULT" });
    expect(await world.proxiedReader.block(5)).toBeNull();
    const timeless = ({ blockTimestamp: _time, ...log }: RpcLog): unknown => log;
    world.proxy.behave(async (asked, forward) => {
      if (asked.method === "eth_getBlockByNumber") return { result: null };
      return alteringLogs((logs) => logs.map(timeless))(asked, forward);
    });
    await expect(first()).rejects.toMatchObject({ code: "RPC_FAULT" });
  });

  it.each([
    ["null", null],
    ["text", "0x"],
    ["an object", {}],
    ["numbers", [1]],
    ["nulls", [null]],
  ])("gives logs that are %s", async (_what, result) => {
    world.proxy.behave(alteringLogs(() => result));
    await expect(first()).rejects.toMatchObject({ code: "RPC_FAULT" });
  });

  it("gives logs whose data can't be decoded", async () => {
    world.proxy.behave(alteringLogs((logs) => logs.map((log) => ({ ...log, data: "0x00" }))));
    await expect(first()).rejects.toMatchObject({ code: "RPC_FAULT" });
  });

  it.each(["address", "blockNumber", "logIndex", "transactionHash", "topics"])(
    "gives logs without %s",
    async (member) => {
      world.proxy.behave(
        alteringLogs((logs) => logs.map((log) => ({ ...log, [member]: undefined }))),
      );
      await expect(first()).rejects.toMatchObject({ code: "RPC_FAULT" });
    },
  );

  it.each([
    ["text", "0x5"],
    ["an empty object", {}],
    ["a number too large", { number: "0xffffffffffffffff", hash: "0x", timestamp: "0x1" }],
  ])("gives a block that is %s", async (_what, result) => {
    world.proxy.behave(altering("eth_getBlockByNumber", () => result));
    await expect(world.proxiedReader.latestBlock()).rejects.toMatchObject({ code: "RPC_FAULT" });
  });

  it.each([
    ["nothing", "0x"],
    ["null", null],
    ["half a word", "0x00"],
    ["a number", 7],
  ])("answers a contract's call with %s", async (_what, result) => {
    const block = await world.reader.latestBlock();
    world.proxy.behave(altering("eth_call", () => result));
    await expect(world.proxiedReader.counters(block)).rejects.toMatchObject({ code: "RPC_FAULT" });
  });

  it("ignores logs of other contracts and events it does not know", async () => {
    const events = await first();
    world.proxy.behave(
      alteringLogs((logs) => [
        { ...logs[0], address: `0x${"99".repeat(20)}` },
        { ...logs[0], topics: [`0x${"99".repeat(32)}`] },
        ...logs,
      ]),
    );
    expect(await first()).toEqual(events);
  });
});

describe("changing the rules", () => {
  it("is refused with the contract's own reason: the code in words, the region in digits", async () => {
    const registered = world.governance.registerAgency({
      agency: SHANGHAI.code,
      region: "310000",
      name: "x",
      effectiveFrom: now,
      basis: "",
    });
    await expect(registered).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: `AgencyRegistryAgencyExists(agency: ${SHANGHAI.code})`,
    });
    const stranger = governance(
      world.deployment,
      new Account(world.rpc, walletSigner(`0x${toHex(seededBytes("stranger", 32))}`)),
    );
    await expect(stranger.addRule(USUAL_RULE)).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: expect.stringMatching(
        /^RegionalAuthorityRequired\(account: 0x\w{40}, region: 460000\)$/,
      ),
    });
  });

  it("names the wrong check character, the unknown type, the window that ends before it starts", async () => {
    const window = { validFrom: now, validUntil: null, basis: "" };
    const grant = { ...window, assurance: 4 };
    const { governance: governor } = world;
    const wrong = { agency: "11310000MB1A00001D", region: "310000", name: "x", effectiveFrom: now };
    await expect(governor.registerAgency({ ...wrong, basis: "" })).rejects.toMatchObject({
      detail: expect.stringContaining("AgencyRegistryMalformedAgency"),
    });
    await expect(
      governor.grantEntitlement(SHANGHAI.code, "11460000MB1A00001P999", grant),
    ).rejects.toMatchObject({ detail: expect.stringContaining("AgencyRegistryUnknownType") });
    await expect(
      governor.addOperator(SHANGHAI.code, `0x${"cd".repeat(20)}`, {
        ...window,
        validUntil: now - 1,
      }),
    ).rejects.toMatchObject({ detail: expect.stringContaining("InvalidWindow") });
    const bad = {
      agency: SHANGHAI.code,
      root: `0x${"77".repeat(32)}`,
      effectiveFrom: now,
      reason: 0,
    };
    for (const index of [null, 3]) {
      await expect(governor.setStatus({ ...bad, index, status: 5 })).rejects.toMatchObject({
        code: "CONTRACT_REFUSED",
        detail: expect.stringContaining("StatusRegistryNotAnchored"),
      });
    }
  });

  it("names what an appointment, a succession or a lift is refused for", async () => {
    const { governance: governor } = world;
    const stranger = `0x${"0d".repeat(20)}`;
    const refusals: [() => Promise<unknown>, string][] = [
      [
        () => governor.dismiss("460000", stranger, ""),
        `AuthorityRegistryNotAppointed(region: 460000, account: ${getAddress(stranger)})`,
      ],
      [
        () => governor.appoint("460001", stranger, ""),
        "AuthorityRegistryInvalidRegion(region: 460001)",
      ],
      [
        () => governor.succeedAgency(SHANGHAI.code, SHANGHAI.code, now, ""),
        `AgencyRegistryInvalidSuccessor(agency: ${SHANGHAI.code}, successor: ${SHANGHAI.code})`,
      ],
      [
        () => governor.liftOperatorDistrust(SHANGHAI.code, world.operator.address, ""),
        `AgencyRegistryNotDistrusted(account: ${new Wallet(world.operatorKey).address})`,
      ],
      [() => governor.publishTypes([]), "CertificateCatalogNothingToPublish()"],
      [
        () => governor.freeze(world.deployment.addresses.Directory, ""),
        `AuthorityRegistryNotASuccessor(successor: ${getAddress(world.deployment.addresses.Directory)})`,
      ],
    ];
    for (const [refused, detail] of refusals) {
      await expect(refused()).rejects.toMatchObject({ code: "CONTRACT_REFUSED", detail });
    }
  });

  it("says where it stands: transaction, block and gas", async () => {
    const receipt = await world.governance.addRule({ ...USUAL_RULE, validFrom: now });
    const { number } = await world.reader.latestBlock();
    expect(receipt).toEqual({
      transaction: expect.stringMatching(/^0x[0-9a-f]{64}$/),
      block: number,
      gasUsed: expect.any(Number),
    });
  });
});

describe("the reader", () => {
  it("knows which deployment it reads, from which block on", () => {
    const { identity, firstBlock } = chainReader(world.deployment);
    expect(identity).toEqual({
      chainId: 31337,
      directory: world.deployment.addresses.Directory,
      anchor: world.deployment.addresses.BatchAnchor,
      predecessors: [],
    });
    expect(firstBlock).toBe(0);
  });

  it("gives null for a block that is not there yet", async () => {
    expect(await world.reader.block(1_000_000)).toBeNull();
  });
});
