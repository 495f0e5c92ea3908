/** A ledger that goes on in another deployment, and in a third, on a real chain. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Account } from "../../src/adapters/chain/account.ts";
import { chainReader } from "../../src/adapters/chain/chain-reader.ts";
import { codeToChain } from "../../src/adapters/chain/chain-words.ts";
import { interfaceOf } from "../../src/adapters/chain/contracts.ts";
import { governance } from "../../src/adapters/chain/governance.ts";
import { walletSigner } from "../../src/adapters/chain/wallet-signer.ts";
import { migrate, remainingSteps } from "../../src/app/migrate.ts";
import { replayHistory } from "../../src/app/replay-history.ts";
import { toHex } from "../../src/core/encoding/bytes.ts";
import type { LedgerState } from "../../src/core/ledger/state.ts";
import type { CounterRequest, LedgerView } from "../../src/core/verify/case.ts";
import { verify } from "../../src/core/verify/verify.ts";
import type { Governance } from "../../src/ports/governance.ts";
import type { IssuedBatch } from "../support/issued-batch.ts";
import { certificateAt, issueBatch } from "../support/certificate-batch.ts";
import type { LedgerWorld } from "../support/ledger-world.ts";
import {
  HAINAN,
  OTHER_TYPE_CODE,
  SHANGHAI,
  TYPE_CODE,
  USUAL_RULE,
  startLedgerWorld,
  viewThrough,
} from "../support/ledger-world.ts";
import type { Ledger } from "../support/next-deployment.ts";
import { deployNext, migrationOf, openLedger } from "../support/next-deployment.ts";
import { bindingFor, fileOf, proofOf, qrOf, signedWire } from "../support/present.ts";
import { alteringLogs } from "../support/rpc-proxy.ts";
import type { SigningKey } from "../support/seeded.ts";
import { seededBytes, seededKey, seededSm2Key } from "../support/seeded.ts";

const GUIZHOU = { code: "11520000MB1A00001X", region: "520000", name: "贵州省证照样例局" };
const ZHEJIANG = { code: "11330000MB1A00001L", region: "330000", name: "浙江省证照样例局" };
/** Registered after the one that succeeds it, which is suspended later. */
const GUANGDONG = { code: "11440000MB1A00001F", region: "440000", name: "广东省证照样例局" };
const LOCAL_TYPE = "11460000MB1A00001P001";
const HOUR = 3_600;
const basis = "依据";

let world: LedgerWorld;
let first: Ledger;
/** When the first deployment began, and its last moment. */
let begun: number;
let ended: number;
let second: Ledger;
const batches: IssuedBatch[] = [];
const holder = seededKey("holder's phone");
const sm2Key = seededSm2Key("SM2 key of Shanghai");

const accountOf = (name: string): Account =>
  new Account(world.rpc, walletSigner(`0x${toHex(seededBytes(name, 32))}`));
const now = async (): Promise<number> => (await world.reader.latestBlock()).time;

async function pass(seconds: number): Promise<void> {
  await world.rpc.provider.send("evm_increaseTime", [seconds]);
  await world.rpc.provider.send("hardhat_mine", ["0x1"]);
}

/** What the type always discloses, and no more. */
const claimsOf = (index: number): Record<string, string> => {
  return { holderName: `样例${String(index)}`, operation: "建筑电工", validUntil: "2099-12-31" };
};

async function anchorBatch(
  { deployment }: Ledger,
  seed: string,
  operator: Account,
  agency = SHANGHAI,
): Promise<IssuedBatch> {
  const { chainId, anchor } = deployment.identity;
  const notBefore = 1_704_067_200;
  const plan = { agency, type: TYPE_CODE, seed, notBefore, notAfter: null, claimsOf };
  const batch = issueBatch(world.primitives, { ...plan, contract: { chainId, anchor } });
  const request = { root: batch.root, size: 5, manifestHash: batch.root };
  const data = interfaceOf("BatchAnchor").encodeFunctionData("anchor", [
    codeToChain(TYPE_CODE),
    1,
    1,
    request,
  ]);
  await operator.execute({ to: anchor, data });
  batches.push(batch);
  return batch;
}

const pointOf = ({ publicKey }: SigningKey): { x: string; y: string } => {
  return { x: `0x${toHex(publicKey.x)}`, y: `0x${toHex(publicKey.y)}` };
};

beforeAll(async () => {
  world = await startLedgerWorld();
  first = await openLedger(world, world.deployment.addresses.Directory);
  begun = await now();
  await live(first.governance, begun);
  await pass(HOUR);
  ended = await now();
});
afterAll(() => world.close());

/** What happens to a ledger in its life: everything that can be in force, and everything that has ended. */
async function live(governor: Governance, from: number): Promise<void> {
  const window = { validFrom: from, validUntil: null, basis };
  const grant = { ...window, assurance: 4 };
  await governor.appoint("460000", `0x${"46".repeat(20)}`, basis);
  await governor.appoint("0", `0x${"00".repeat(19)}01`, basis);
  await governor.defineGroup("长三角", ["310000", "320000"], basis);
  await governor.defineGroup("长三角", ["310000", "320000", "330000"], basis);
  const publication = {
    type: LOCAL_TYPE,
    region: "460000",
    schemaHash: `0x${"5c".repeat(32)}`,
    name: "本地证",
    nameEn: "Local certificate",
    alwaysDisclosed: [],
    validity: "from=issueDate",
    effectiveFrom: from,
    uri: "",
    basis,
  };
  await governor.publishTypes([
    publication,
    { ...publication, schemaHash: `0x${"5d".repeat(32)}` },
  ]);
  for (const agency of [GUIZHOU, ZHEJIANG, GUANGDONG]) {
    const { code, ...rest } = agency;
    await governor.registerAgency({ agency: code, ...rest, effectiveFrom: from, basis });
    await governor.grantEntitlement(code, TYPE_CODE, grant);
    await governor.addOperator(code, accountOf(code).address, window);
  }
  await governor.grantEntitlement(HAINAN.code, LOCAL_TYPE, grant);
  await governor.grantEntitlement(HAINAN.code, OTHER_TYPE_CODE, grant);
  await governor.endEntitlement(HAINAN.code, OTHER_TYPE_CODE, basis);
  await governor.retireType(LOCAL_TYPE, basis);
  for (const name of ["stolen", "cleared", "retired"]) {
    await governor.addOperator(SHANGHAI.code, accountOf(name).address, window);
  }
  const early = accountOf("never begun").address;
  await governor.addOperator(SHANGHAI.code, early, { ...window, validFrom: from + 1_000 * HOUR });
  await governor.distrustOperator(SHANGHAI.code, early, 0, basis);
  await liveKeys(governor, window);
  await liveRules(governor, from);
  await liveBatches(governor);
}

async function liveKeys(
  governor: Governance,
  window: { validFrom: number; validUntil: null; basis: string },
): Promise<void> {
  const { code } = SHANGHAI;
  await governor.addDocumentKey(code, { algorithm: "SM2", ...pointOf(sm2Key) }, window);
  for (const [name, method] of [
    ["ended", "endDocumentKey"],
    ["distrusted", "distrustDocumentKey"],
  ] as const) {
    const key = seededKey(name);
    const { x, y } = key.publicKey;
    const keyId = `0x${toHex(world.primitives.keccak256(Uint8Array.of(...x, ...y)))}`;
    await governor.addDocumentKey(code, { algorithm: "P-256", ...pointOf(key) }, window);
    await pass(60);
    await governor[method](code, keyId, basis);
  }
}

async function liveRules(governor: Governance, from: number): Promise<void> {
  const rule = { ...USUAL_RULE, validFrom: from };
  const guizhou = { ...rule, recognising: "520000", recognised: "0", group: "长三角", type: null };
  await governor.addRule(guizhou);
  await governor.addRule({ ...rule, recognising: "330000", effect: "deny" });
  await governor.endRule(2, basis);
  await governor.addRule({ ...rule, recognising: "320000", validFrom: from + 1_000 * HOUR });
  await governor.addRule({ ...rule, recognising: "320000", validUntil: from + 1 });
}

async function liveBatches(governor: Governance): Promise<void> {
  await anchorBatch(first, "of Guizhou", accountOf(GUIZHOU.code), GUIZHOU);
  await anchorBatch(first, "of Zhejiang", accountOf(ZHEJIANG.code), ZHEJIANG);
  for (const name of ["stolen", "cleared", "retired"]) {
    await anchorBatch(first, `${name}, early`, accountOf(name));
  }
  await pass(HOUR);
  const since = await now();
  await pass(HOUR);
  const [revoked, suspended] = [
    await anchorBatch(first, "revoked in part", world.operator),
    await anchorBatch(first, "suspended as a whole", world.operator),
  ];
  await anchorBatch(first, "stolen, late", accountOf("stolen"));
  for (const name of ["stolen", "cleared"]) {
    await governor.distrustOperator(SHANGHAI.code, accountOf(name).address, since, basis);
  }
  await governor.liftOperatorDistrust(SHANGHAI.code, accountOf("cleared").address, basis);
  await governor.removeOperator(accountOf("retired").address, basis);
  await governor.succeedAgency(GUIZHOU.code, SHANGHAI.code, since, basis);
  await governor.succeedAgency(GUANGDONG.code, ZHEJIANG.code, since, basis);
  await governor.setAgencyStatus(ZHEJIANG.code, "suspended", since, basis);
  const change = { agency: SHANGHAI.code, effectiveFrom: since, reason: 0 };
  await governor.setStatuses({ ...change, root: revoked.root, indices: [1, 3], status: 5 });
  await governor.setStatus({ ...change, root: suspended.root, index: null, status: 1 });
}

/** What a counter would be told of every certificate, everywhere, now and then. */
function verdictsOf(view: LedgerView, at: number): unknown[] {
  const regions = ["310000", "320000", "330000", "460000", "520000"];
  const times = [
    {},
    { at: begun + HOUR },
    { at: ended, asKnownAt: ended },
    { asKnownAt: begun + HOUR },
  ];
  const questions = regions.flatMap((region) => times.map((time) => ({ region, ...time })));
  return batches
    .slice(0, 8)
    .flatMap((batch) =>
      [0, 1].flatMap((index) =>
        questions.map((question) => verdictOf(view, batch, index, { ...question, now: at })),
      ),
    );
}

function verdictOf(
  view: LedgerView,
  batch: IssuedBatch,
  index: number,
  request: Omit<CounterRequest, "maxLedgerAge">,
): unknown {
  const given = fileOf(certificateAt(batch, index));
  const verdict = verify(given, view, { ...request, maxLedgerAge: Infinity }, world.primitives);
  const { checks, recognition, certificate } = verdict;
  const rule = recognition?.by === "rule" ? recognition.record.rule : recognition?.by;
  return {
    ...{ seed: batch.plan.seed, index, ...request, rule },
    verdict: verdict.verdict,
    successor: certificate?.successor?.code,
    checks: checks.map(
      (check) => `${check.check} ${check.result} ${"code" in check ? check.code : ""}`,
    ),
  };
}

/** Breaks off at the n-th call, counted from 1. */
function breakingAt(n: number): (governor: Governance) => Governance {
  let calls = 0;
  return (governor) =>
    new Proxy(governor, {
      get: (target, name, receiver) => {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== "function") return member;
        return (...args: unknown[]): unknown => {
          if (++calls === n) throw new Error("broken off");
          return member.apply(target, args);
        };
      },
    });
}

describe("a deployment that says it succeeds another", () => {
  it("PREDECESSOR_NOT_FROZEN: is believed only once the other has said so", async () => {
    const claimed = await deployNext(world, first);
    await expect(openLedger(world, claimed)).rejects.toMatchObject({
      code: "PREDECESSOR_NOT_FROZEN",
      detail: expect.stringContaining("is not frozen"),
    });
  });
});

describe("a ledger that is migrated", () => {
  let directory: string;
  let before: LedgerView;

  beforeAll(async () => {
    before = await viewThrough(first.reader, world.primitives);
    directory = await deployNext(world, first);
  });

  it("is finished by the run after those that broke off, wherever that was", async () => {
    for (const n of [1, 2, 9, 20]) {
      const tools = migrationOf(world, first, directory, breakingAt(n));
      await expect(migrate(tools)).rejects.toThrow("broken off");
    }
    const told: string[] = [];
    const progress = (stage: string, done: number, total: number | null): void => {
      told.push(`${stage} ${String(done)}/${String(total)}`);
    };
    const receipts = await migrate({ ...migrationOf(world, first, directory), progress });
    expect(receipts.length).toBeGreaterThan(5);
    const total = /\/(\d+)$/.exec(told[0] ?? "")?.[1] ?? "";
    expect(told.at(-1)).toBe(`migration ${total}/${total}`);
    second = await openLedger(world, directory);
    expect(second.deployment.identity.predecessors).toEqual([
      {
        directory: first.deployment.addresses.Directory,
        anchor: first.deployment.addresses.BatchAnchor,
      },
    ]);
  });

  it("is told nothing twice: a run after the last does nothing", async () => {
    const { number } = await world.reader.latestBlock();
    expect(await migrate(migrationOf(world, first, directory))).toEqual([]);
    expect((await world.reader.latestBlock()).number).toBe(number);
  });

  it("gives every verdict that it gave before, at whatever time", async () => {
    const after = await viewThrough(second.reader, world.primitives);
    const at = await now();
    const expected = verdictsOf(before, at);
    expect(verdictsOf(after, at)).toEqual(expected);
    const words = new Set(expected.map((each) => (each as { verdict: string }).verdict));
    expect([...words].sort()).toEqual(["accepted", "rejected"]);
  });

  it("has in force what was in force, in the new contracts", async () => {
    const { state } = await viewThrough(second.reader, world.primitives);
    expect(inForce(state)).toEqual(inForce(before.state));
  });

  it("leaves an auditor nothing to find, from the first block of the first deployment on", async () => {
    const { findings, events } = await replayHistory(second.reader, world.primitives);
    expect(findings).toEqual([]);
    expect(events).toBeGreaterThan(80);
  });

  it("accepts bindings that a document key signed before, and after", async () => {
    const view = await viewThrough(second.reader, world.primitives);
    const certificate = certificateAt(batches[2] as IssuedBatch, 0);
    const at = await now();
    for (const [key, issuedAt, result] of [
      [world.documentKey, begun + HOUR, "pass"],
      [world.documentKey, at - 1, "pass"],
      [sm2Key, at - 1, "pass"],
      [seededKey("ended"), begun + 30, "pass"],
      [seededKey("ended"), at - 1, "fail"],
      [seededKey("distrusted"), begun + 30, "fail"],
    ] as const) {
      const binding = bindingFor(certificate, holder, key, { issuedAt, expiresAt: at + HOUR });
      const times = { issuedAt: at, expiresAt: at + 60 };
      const given = qrOf(
        signedWire(proofOf(world.primitives, certificate), holder, { ...times, binding }),
      );
      const request = { now: at, maxLedgerAge: Infinity };
      const { checks } = verify(given, view, request, world.primitives);
      expect(checks.find(({ check }) => check === "holder")).toMatchObject({ result });
    }
  });

  it("takes no more batches in the old log, and goes on in the new one", async () => {
    const old = anchorBatch(first, "too late", world.operator);
    await expect(old).rejects.toMatchObject({
      code: "CONTRACT_REFUSED",
      detail: "BatchAnchorFrozen()",
    });
    const batch = await anchorBatch(second, "of the second deployment", world.operator);
    const view = await viewThrough(second.reader, world.primitives);
    const request = { region: "460000", now: await now() };
    expect(verdictOf(view, batch, 0, request)).toMatchObject({ verdict: "accepted" });
  });

  it("refuses the operators that it refused, for the same reasons", async () => {
    for (const name of ["stolen", "cleared", "retired", GUIZHOU.code, ZHEJIANG.code]) {
      const refused = anchorBatch(second, name, accountOf(name));
      await expect(refused).rejects.toMatchObject({ code: "CONTRACT_REFUSED" });
    }
    const again = { validFrom: begun, validUntil: null, basis };
    for (const name of ["stolen", "never begun"]) {
      const { address } = accountOf(name);
      const added = second.governance.addOperator(SHANGHAI.code, address, again);
      await expect(added).rejects.toMatchObject({
        detail: expect.stringContaining("AgencyRegistryOperatorDistrusted"),
      });
    }
    const moved = second.governance.addOperator(HAINAN.code, accountOf("retired").address, again);
    await expect(moved).rejects.toMatchObject({
      detail: expect.stringContaining("AgencyRegistryOperatorTaken"),
    });
  });

  it("revokes in the new contracts what was anchored in the old ones", async () => {
    const [old] = batches.slice(3, 4) as [IssuedBatch];
    const view = async (): Promise<LedgerView> => viewThrough(second.reader, world.primitives);
    const request = { region: "310000", now: (await now()) + HOUR };
    expect(verdictOf(await view(), old, 4, request)).toMatchObject({ verdict: "accepted" });
    await governance(second.deployment, world.operator).setStatuses({
      agency: SHANGHAI.code,
      root: old.root,
      indices: [4],
      status: 5,
      effectiveFrom: await now(),
      reason: 0,
    });
    expect(verdictOf(await view(), old, 4, request)).toMatchObject({
      verdict: "rejected",
      checks: expect.arrayContaining(["status fail REVOKED"]),
    });
    expect((await replayHistory(second.reader, world.primitives)).findings).toEqual([]);
  });

  it("lets the successor change what the closed agency issued, in the new contracts too", async () => {
    const [guizhou] = batches as [IssuedBatch];
    await governance(second.deployment, world.operator).setStatus({
      agency: GUIZHOU.code,
      root: guizhou.root,
      index: 4,
      status: 3,
      effectiveFrom: await now(),
      reason: 0,
    });
    expect((await replayHistory(second.reader, world.primitives)).findings).toEqual([]);
  });

  it("finds an event that a node hides, also of the deployment before", async () => {
    const hidden = batches[7]?.root;
    world.proxy.behave(alteringLogs((logs) => logs.filter(({ topics }) => topics[2] !== hidden)));
    const lied = chainReader({ ...second.deployment, rpc: world.proxied });
    await expect(viewThrough(lied, world.primitives)).rejects.toMatchObject({
      code: "CHAIN_INCONSISTENT",
    });
    const { findings } = await replayHistory(lied, world.primitives);
    expect(findings.map(({ code }) => code)).toContain("COUNTER_MISMATCH");
    world.proxy.behave(null);
  });
});

describe("the deployment that was left behind", () => {
  it("can't tell any more, and names the one that goes on", async () => {
    const view = await viewThrough(first.reader, world.primitives);
    const [batch] = batches as [IssuedBatch];
    expect(verdictOf(view, batch, 0, { now: await now() })).toMatchObject({
      verdict: "indeterminate",
      checks: expect.arrayContaining(["anchor unknown CHAIN_STALE"]),
    });
    expect((await replayHistory(first.reader, world.primitives)).findings).toEqual([]);
  });

  it("LEDGER_FROZEN: is not migrated a second time, to another", async () => {
    const other = await deployNext(world, first);
    await expect(migrate(migrationOf(world, first, other))).rejects.toMatchObject({
      code: "LEDGER_FROZEN",
      detail: second.deployment.addresses.Directory,
    });
    await expect(openLedger(world, other)).rejects.toMatchObject({
      code: "PREDECESSOR_NOT_FROZEN",
      detail: expect.stringContaining("in favour of another"),
    });
  });
});

describe("a second migration", () => {
  let third: Ledger;
  let before: LedgerView;

  beforeAll(async () => {
    before = await viewThrough(second.reader, world.primitives);
    const directory = await deployNext(world, second);
    await migrate(migrationOf(world, second, directory));
    third = await openLedger(world, directory);
  });

  it("goes on with all of it again, over three deployments", async () => {
    const { deployment, reader } = third;
    expect(deployment.identity.predecessors).toHaveLength(2);
    expect(reader.firstBlock).toBe(first.reader.firstBlock);
    const after = await viewThrough(reader, world.primitives);
    const at = await now();
    expect(verdictsOf(after, at)).toEqual(verdictsOf(before, at));
    expect(inForce(after.state)).toEqual(inForce(before.state));
    expect((await replayHistory(reader, world.primitives)).findings).toEqual([]);
  });

  it("has nothing more to say, and is not owed anything by the first", async () => {
    const authority = world.authority.address;
    const steps = await remainingSteps(second.reader, third.reader, authority, basis);
    expect(steps).toEqual([]);
  });

  it("AFTER_FREEZE: what an operator writes into an old registry counts for nothing and is found", async () => {
    const [, , old] = batches as [IssuedBatch, IssuedBatch, IssuedBatch];
    const stray = governance(first.deployment, world.operator);
    const change = { agency: SHANGHAI.code, effectiveFrom: begun, reason: 0 };
    await stray.setStatus({ ...change, root: old.root, index: 0, status: 5 });
    const view = await viewThrough(third.reader, world.primitives);
    const request = { region: "310000", now: await now() };
    expect(verdictOf(view, old, 0, request)).toMatchObject({ verdict: "accepted" });
    expect(await third.reader.strayEvents()).toMatchObject([
      { kind: "CertificateStatusChanged", root: old.root, index: 0, status: 5 },
    ]);
    const { findings } = await replayHistory(third.reader, world.primitives);
    expect(findings.map(({ code }) => code)).toEqual(["AFTER_FREEZE", "STATUS_MISMATCH"]);
  });
});

/** What the contracts would still do, as the ledger has it. */
function inForce({ agencies, operators, authorities, types, rules, groups }: LedgerState): unknown {
  const open = [...rules.values()].filter(({ endedAt }) => endedAt === null);
  return {
    agencies: [...agencies.values()].map(
      ({ code, status, statusSince, entitlements, successor }) => ({
        ...{ code, status, statusSince, successor: successor?.agency },
        entitlements: [...entitlements],
      }),
    ),
    operators: [...operators]
      .filter(([account]) => account !== accountOf("never begun").address)
      .map(([account, { agency, validFrom, validUntil }]) => ({
        ...{ account, agency, validFrom, validUntil },
      })),
    keys: [...agencies.values()].flatMap(({ documentKeys }) =>
      [...documentKeys.values()].map(({ keyId, validFrom, validUntil }) => ({
        ...{ keyId, validFrom, validUntil },
      })),
    ),
    authorities: [...authorities].map(([region, accounts]) => [
      region,
      [...accounts.keys()].sort(),
    ]),
    types: [...types.values()].map(({ code, isRetired, versions }) => [
      code,
      isRetired,
      versions.size,
    ]),
    rules: open.map(({ rule }) => rule).filter(({ validUntil }) => validUntil === null),
    groups: [...groups].map(([name, definitions]) => [name, definitions.at(-1)?.regions]),
  };
}
