/** The judge on this device, which works beside the page. */
import type { PackJudgeCalls } from "../../judging/pack-judge-worker.ts";
import { WorkerCalls } from "../../judging/worker-calls.ts";
import type { DeviceJudge } from "./desk.ts";

export interface OpenDeviceJudge extends DeviceJudge {
  close(): void;
}

export function openDeviceJudge(): OpenDeviceJudge {
  const calls = new WorkerCalls<PackJudgeCalls>(
    new Worker(new URL("../../judging/pack-judge-worker.ts", import.meta.url), { type: "module" }),
  );
  return {
    open: (region) => calls.call("open", [region]),
    refresh: () => calls.call("refresh", []),
    trustKeys: () => calls.call("trustKeys", []),
    verify: (given, matter) => calls.call("verify", [given, matter]),
    remember: (given) => calls.call("remember", [given]),
    close: () => {
      calls.close();
    },
  };
}
