/** Ports that fail at one call: before its work is done, after it, or for ever as a process that was killed. */
import type { IssueTools } from "../../src/app/issue/issue-batch.ts";

export type Failure = "before" | "after" | "killed before" | "killed after";
export const FAILURES: readonly Failure[] = ["before", "after", "killed before", "killed after"];

export class Fault extends Error {}

export interface FailingTools {
  readonly tools: IssueTools;
  /** The names of the calls so far, in order. */
  readonly calls: readonly string[];
}

/** @param n the call that fails, counted from 1; 0 for none */
export function failingTools(tools: IssueTools, n: number, failure: Failure): FailingTools {
  const calls: string[] = [];
  let isDead = false;
  const run = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if (isDead) throw new Fault(`${name}: the process is dead`);
    calls.push(name);
    if (calls.length !== n) return work();
    isDead = failure.startsWith("killed");
    if (failure.endsWith("after")) await work();
    throw new Fault(`${name} failed`);
  };
  const { store, anchoring, faults, waiting } = tools;
  return {
    calls,
    tools: {
      ...tools,
      faults: { ...faults, close: () => run("close the error file", () => faults.close()) },
      waiting: {
        ...waiting,
        isFinal: (block) => run("ask for finality", () => waiting.isFinal(block)),
      },
      anchoring: {
        estimate: (request) => run("estimate", () => anchoring.estimate(request)),
        sign: (request) => run("sign", () => anchoring.sign(request)),
        send: (signed) => run("send", () => anchoring.send(signed)),
        findReceipt: (root, signed) => {
          return run("look for the receipt", () => anchoring.findReceipt(root, signed));
        },
        isPending: (signed) => run("ask whether it is pending", () => anchoring.isPending(signed)),
      },
      store: {
        ...store,
        job: () => run("read the job", () => store.job()),
        saveJob: (job) => run(`save the job as ${job.state}`, () => store.saveJob(job)),
        discard: () => run("discard", () => store.discard()),
        saveTree: (tree) => run("save the tree", () => store.saveTree(tree)),
        saveManifest: (bytes) => run("save the manifest", () => store.saveManifest(bytes)),
        createCertificates: () =>
          run("create certificates", async () => {
            const writer = await store.createCertificates();
            return {
              write: (certificate) => run("write a certificate", () => writer.write(certificate)),
              close: () => run("close the certificates", () => writer.close()),
            };
          }),
      },
    },
  };
}
