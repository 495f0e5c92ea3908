/**
 * The compiler of the npm package solc, in three quarters of its time: it makes most calls by way of a table, and asks
 * WebAssembly for the entry at each of them, which is slow. Here each entry is asked for once.
 */
import { createRequire } from "node:module";

const { get, set } = WebAssembly.Table.prototype;
const known = new WeakMap();

WebAssembly.Table.prototype.get = function (index) {
  let entries = known.get(this);
  if (entries === undefined) known.set(this, (entries = []));
  return (entries[index] ??= get.call(this, index));
};

WebAssembly.Table.prototype.set = function (...change) {
  known.delete(this);
  return set.apply(this, change);
};

export default createRequire(import.meta.url)("solc/soljson.js");
