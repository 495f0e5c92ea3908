/** Points inside the adapters: each statement for the database, and each question for the node. */
import { DatabaseSync, StatementSync } from "node:sqlite";
import type { JsonRpcProvider } from "ethers";
import { rpcCall } from "../support/dev-accounts.ts";
import type { Points } from "./points.ts";

type Runner = (this: StatementSync, ...args: unknown[]) => unknown;

const RUNNERS = ["run", "all", "get"] as const;
/** What only reads leaves nothing behind that a kill could spoil. */
const WRITES = /^(begin|commit|rollback|insert|update|delete|create|pragma)/;

/** Comes to a point before and after each statement that writes. @returns what ends it */
export function watchDatabase(points: Points): () => void {
  const prototype = StatementSync.prototype as unknown as Record<string, Runner>;
  const originals = RUNNERS.map((name) => [name, prototype[name] as Runner] as const);
  for (const [name, original] of originals) {
    prototype[name] = function (...args) {
      const point = statementName(this.sourceSQL);
      if (point === null) return original.apply(this, args);
      points.reach(`${point}/before`);
      const result = original.apply(this, args);
      points.reach(`${point}/after`);
      return result;
    };
  }
  const exec = DatabaseSync.prototype.exec;
  DatabaseSync.prototype.exec = function (sql) {
    points.reach("sql.exec/before");
    exec.call(this, sql);
    points.reach("sql.exec/after");
  };
  return () => {
    for (const [name, original] of originals) prototype[name] = original;
    DatabaseSync.prototype.exec = exec;
  };
}

/** `sql.insert page`, `sql.commit`; null for what writes nothing. */
function statementName(statement: string): string | null {
  const verb = WRITES.exec(statement.toLowerCase())?.[1];
  if (verb === undefined) return null;
  const [, table] = /(?:into|update|from|table(?: if not exists)?) +"?(\w+)/i.exec(statement) ?? [];
  return table === undefined ? `sql.${verb}` : `sql.${verb} ${table}`;
}

/** Comes to a point before each question for the node, and after each answer. */
export function watchNode(points: Points, provider: JsonRpcProvider): void {
  const send = provider.send.bind(provider);
  provider.send = async (method, params) => {
    points.reach(`node.${method}/before`);
    const answer = (await send(method, params)) as unknown;
    points.reach(`node.${method}/after`);
    return answer;
  };
}

/** A receipt that is not there yet is there at the next question. */
export function mineWhenAsked(provider: JsonRpcProvider, node: string): void {
  const send = provider.send.bind(provider);
  provider.send = async (method, params) => {
    const answer = (await send(method, params)) as unknown;
    if (method === "eth_getTransactionReceipt" && answer === null) await rpcCall(node, "evm_mine");
    return answer;
  };
}
