/** A thread of `hashCertificates`. */
import { workerData } from "node:worker_threads";
import type { SuiteId } from "../../core/hashing.ts";
import { certificateLeaves } from "./certificate-leaves.ts";
import { buffersOf } from "./flat-certificates.ts";
import type { FlatCertificates } from "./flat-certificates.ts";
import { buildFlatTree } from "./flat-tree.ts";
import type { HashedCertificates } from "./hash-certificates.ts";
import { HashingKernel } from "./hashing-kernel.ts";
import { serveTasks } from "./worker-task.ts";

const { suite } = workerData as { readonly suite: SuiteId };
const kernel = new HashingKernel();

serveTasks<HashedCertificates>((task) => {
  const certificates = task as FlatCertificates;
  const tree = buildFlatTree(kernel, suite, certificateLeaves(kernel, suite, certificates));
  const transfer = [...buffersOf(certificates), tree.nodes.buffer as ArrayBuffer];
  return { answer: { certificates, tree }, transfer };
});
