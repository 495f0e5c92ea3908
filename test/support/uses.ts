/** The use log in tests: a desk over it, and uses to put into it. */
import { UsesDesk } from "../../src/app/uses/uses-desk.ts";
import type { UsesDeskOptions } from "../../src/app/uses/uses-desk.ts";
import type { CounterDesk } from "../../src/app/counter/counter-desk.ts";
import type { Use } from "../../src/core/uses/use.ts";
import { SERVICE_KEYS } from "./counter-desk.ts";

export const LEDGER = { chainId: 31_337, directory: `0x${"d1".repeat(20)}` };

/** As a service has it whose log is empty, unless another is given. */
export function usesDeskOver(
  desk: Pick<CounterDesk, "primitives" | "clock" | "maxLedgerAge" | "view" | "publicHost">,
  changes: Partial<UsesDeskOptions> = {},
): UsesDesk {
  const { primitives, clock, maxLedgerAge, publicHost } = desk;
  return new UsesDesk({
    ...{ primitives, clock, maxLedgerAge, publicHost, ledger: LEDGER, keys: SERVICE_KEYS },
    view: () => desk.view(),
    log: { find: () => Promise.resolve(null), list: () => Promise.resolve([]) },
    recorder: { recordDone: () => Promise.reject(new Error("no log")) },
    clients: { read: () => Promise.resolve({ revision: 0, clients: [], credentials: [] }) },
    ...changes,
  });
}

/** A use as a counter leaves it. */
export function someUse(changes: Partial<Use> = {}): Use {
  return {
    at: 1_800_000_000,
    mode: "qr",
    certificate: new Uint8Array(16).fill(1),
    shown: new Uint8Array(32).fill(2),
    client: "C-7Q2K9MXA",
    cause: new Uint8Array(16).fill(3),
    claims: ["holderName"],
    question: {
      ...{
        at: null,
        shownAt: null,
        asKnownAt: null,
        region: "330100",
        purpose: "婚姻登记信息查询",
        serviceItem: null,
      },
      ...{ audience: "杭州市政务服务中心1号窗口", nonce: new Uint8Array(16).fill(4) },
      ...{ requiresHolder: true, requiredClaims: ["holderName"] },
      ...{ isReplayed: false, maxLedgerAge: 60 },
    },
    isByDelegate: false,
    verdict: "accepted",
    results: "pppppppppp",
    codes: [],
    position: { block: 7, hash: new Uint8Array(32).fill(5), asOf: 1_800_000_000, isPending: false },
    ...changes,
  };
}
