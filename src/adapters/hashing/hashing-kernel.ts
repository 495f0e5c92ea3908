/**
 * The WebAssembly kernel (kernel/*.ts, compiled) and its memory: hashes many messages at once, with SIMD
 * where the processor has it. What it is given is copied in, what it gives is copied out; the memory grows
 * to the largest single piece of work and is used again for the next.
 */
import { readFileSync } from "node:fs";
import type { SuiteId } from "../../core/hashing.ts";

/** Addresses and counts; see kernel/index.ts. */
interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  arena(): number;
  messagesAtOnce(suite: number): number;
  open(suite: number, room: number, bytes: number): void;
  hashMessages(messages: number, ends: number, count: number, digests: number): void;
  hashClaims(
    names: number,
    nameEnds: number,
    numbers: number,
    salts: number,
    values: number,
    ends: number,
    count: number,
    digests: number,
  ): void;
  foldClaims(starts: number, count: number, digests: number): void;
  hashLeaves(
    starts: number,
    digests: number,
    firstIndex: number,
    validities: number,
    holders: number,
    count: number,
    leaves: number,
  ): void;
  foldNodes(below: number, count: number, above: number): void;
}

/** The part of the global that is used here: the compiler's library has it for browsers alone. */
declare const WebAssembly: {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

export type KernelBuild = "simd" | "scalar";

const PAGE_BYTES = 65_536;
/** The kernel reads and writes whole words, up to 15 bytes past what it is given. */
const OVERRUN_BYTES = 16;
/** Of padding and length, at most, after a message. */
const PADDING_BYTES = 136 + OVERRUN_BYTES;

export class HashingKernel {
  readonly run: KernelExports;
  #bytes: Uint8Array;

  /** Each has a memory of its own. Without `build`, the one that this processor runs fastest. */
  constructor(build: KernelBuild = fastestBuild()) {
    this.run = new WebAssembly.Instance(moduleOf(build)).exports as KernelExports;
    this.#bytes = new Uint8Array(this.run.memory.buffer);
  }

  /**
   * Begins a piece of work: what was in the memory before is gone, `inputs` are written, `outputs` are the
   * bytes to keep free.
   * @param longest the length of the longest message to come, in bytes
   * @returns the address of each input and output
   */
  begin<Input extends string, Output extends string>(
    suite: SuiteId,
    longest: number,
    inputs: Readonly<Record<Input, ArrayBufferView>>,
    outputs: Readonly<Record<Output, number>>,
  ): Record<Input | Output, number> {
    const addresses: Partial<Record<string, number>> = {};
    let end = this.run.arena();
    const place = (bytes: number): number => {
      const at = end;
      end = alignedUp(end + bytes + OVERRUN_BYTES);
      return at;
    };
    const views = Object.entries<ArrayBufferView>(inputs);
    for (const [name, { byteLength }] of views) addresses[name] = place(byteLength);
    for (const [name, bytes] of Object.entries<number>(outputs)) addresses[name] = place(bytes);
    const roomBytes = alignedUp(longest + PADDING_BYTES);
    const room = place(roomBytes * this.run.messagesAtOnce(suite));
    this.#reach(end);
    for (const [name, view] of views) this.#write(addresses[name] as number, view);
    this.run.open(suite, room, roomBytes);
    return addresses as Record<Input | Output, number>;
  }

  read(at: number, into: Uint8Array): void {
    into.set(this.#bytes.subarray(at, at + into.length));
  }

  #write(at: number, { buffer, byteOffset, byteLength }: ArrayBufferView): void {
    this.#bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
  }

  /** Growing detaches every view of the memory. */
  #reach(end: number): void {
    const missing = Math.ceil((end - this.#bytes.length) / PAGE_BYTES);
    if (missing <= 0) return;
    this.run.memory.grow(missing);
    this.#bytes = new Uint8Array(this.run.memory.buffer);
  }
}

let fastest: KernelBuild | undefined;

function fastestBuild(): KernelBuild {
  return (fastest ??= WebAssembly.validate(bytesOf("simd")) ? "simd" : "scalar");
}

const modules: Partial<Record<KernelBuild, object>> = {};

/** Compiled once, though a store that is opened has a kernel of its own. */
function moduleOf(build: KernelBuild): object {
  return (modules[build] ??= new WebAssembly.Module(bytesOf(build)));
}

function bytesOf(build: KernelBuild): Uint8Array {
  return readFileSync(new URL(`./kernel/${build}.wasm`, import.meta.url));
}

function alignedUp(address: number): number {
  return Math.ceil(address / 16) * 16;
}
