/** A presentation request in words: who asks, for what, why, and which claims. */
import type { ToldRequest } from "../../app/counter/told-request.ts";
import type { Words } from "../../core/words.ts";
import type { Output } from "../terminal/output.ts";

const STATES: Readonly<Record<ToldRequest["state"], string>> = {
  open: "等待亮证 open",
  answered: "已亮证 answered",
  verified: "已核验 verified",
  expired: "已过期 run out",
};

export function sayRequest(output: Output, request: ToldRequest): void {
  const { audience, regionName, purpose, purposeName, useCause, type, typeName } = request;
  const where = regionName === null ? "" : `, ${regionName.zh}`;
  output.say(`  请求方 who asks: ${audience}${where}`);
  output.say(`  事项 for: ${named(purposeName, purpose)}`);
  output.say(`  事由 why: ${useCause}`);
  output.say(`  证照 of: ${named(typeName, type)}`);
  output.say(`  信息 claims: ${request.claims.map(claimWords).join(", ")}`);
  output.say(`  状态 state: ${STATES[request.state]}    有效期至 until: ${request.expiresAt}`);
}

function named(words: Words | null, code: string): string {
  return words === null || words.zh === code ? code : `${words.zh} ${words.en} (${code})`;
}

function claimWords({ name, words }: ToldRequest["claims"][number]): string {
  return words === null ? name : `${words.zh} ${name}`;
}
