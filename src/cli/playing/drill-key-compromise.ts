/**
 * The drill of a stolen key, with real parts: a chain, verifiers that answer over HTTP, and a thief who holds
 * what the agency's operator holds. What is measured is how long the forgery lives after the authority's word.
 */
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Answer } from "../../app/answer.ts";
import type { TimelineEntry } from "../../app/history.ts";
import { loadSettings } from "../../config.ts";
import { formatInstant } from "../../core/encoding/instant.ts";
import { Problem } from "../../core/problem.ts";
import { openChain } from "../../main/chain/chain.ts";
import type { Chain } from "../../main/chain/chain.ts";
import { operatorKeyFile } from "../../main/keys/keys.ts";
import { pause, systemClock } from "../../main/system.ts";
import { summaryOf, verifierReport } from "./drill-report.ts";
import type { DrillReport, KeyEvent } from "./drill-report.ts";
import { momentOfBlockAfter, watchVerifier } from "./drill-watch.ts";
import type { Exhibits, Watched } from "./drill-watch.ts";
import { Narrator, memberOf } from "./narrator.ts";
import type { ChainReader } from "../../ports/chain-reader.ts";
import type { Output } from "../terminal/output.ts";
import { createStage } from "./stage.ts";
import type { Finished, Stage } from "./stage.ts";

const AGENCY = { code: "11310000MB1A00001C", name: "上海市证照样例局", region: "310000" };
const TYPE = "11100000000013338W001";
/** Why, as the authority writes it on the chain. */
const BASIS = "演练";
const LOST = ["--basis", "密钥失窃"];
/** The exit code of what a contract refuses. */
const REFUSED = 65;
const GOOD = 20;
const FORGED = 5;
/** Calls in a minute: each verifier is watched without a pause. */
const MOST_CALLS = 1_000_000;
/** After this the drill has failed, and says so. */
const TIME_LIMIT_MS = 30_000;

/** Played once, into an empty folder; end it in any case, or its processes live on. */
export class KeyCompromise {
  readonly #folder: string;
  readonly #stage: Stage;
  readonly #narrator: Narrator;
  readonly #home: string;
  #chain: Chain | null = null;
  #account = "";

  constructor(output: Output, folder: string) {
    this.#folder = folder;
    this.#home = join(folder, "home");
    this.#stage = createStage(this.#home);
    this.#narrator = new Narrator(output, this.#stage, folder);
  }

  async play(count: number): Promise<DrillReport> {
    await this.#setUp();
    const good = await this.#issueGood();
    const servers = await this.#startVerifiers(count);
    const since = await this.#loseTheKey();
    const exhibits = await this.#forge(servers, good);
    const { watched, blockAt, transaction } = await this.#distrust(servers, exhibits, since);
    await this.#tryAgain();
    const lifted = await this.#lift(servers, exhibits);
    const history = await this.#readHistory();
    const verifiers = watched.map((each, i) => verifierReport(each, blockAt, lifted[i]));
    const { code: agency } = AGENCY;
    const what = { agency, account: this.#account, since: formatInstant(since), transaction };
    return { ...what, ...summaryOf(verifiers), verifiers, history };
  }

  /** Stops what was started, the last first. */
  async end(): Promise<void> {
    this.#chain?.close();
    await this.#stage.close();
  }

  async #setUp(): Promise<void> {
    this.#narrator.say(
      "一条本地链、一个主管部门、一个发证机关",
      "A chain of its own, an authority, an agency that issues in good faith.",
    );
    const { json } = await this.#narrator.start("chain", ["--port", "0"]);
    await this.#narrator.run("deploy", ["--rpc", memberOf(json, "rpc")]);
    const { code, name, region } = AGENCY;
    const who = ["--code", code, "--name", name, "--region", region, "--basis", BASIS];
    const added = await this.#narrator.run("agency add", [...who, "--type", TYPE]);
    this.#account = memberOf(added.json, "operator");
    this.#chain = await openChain(loadSettings({ LZ_HOME: this.#home }));
  }

  async #issueGood(): Promise<string[]> {
    const { json } = await this.#issue("good", GOOD, [], [0]);
    this.#narrator.note(`${String(GOOD)} 份证照，属实 certificates, all of them true`);
    return this.#export(memberOf(json, "job"));
  }

  /** Invents records, each time others, and issues them. */
  async #issue(
    name: string,
    count: number,
    args: readonly string[],
    accepted: readonly number[],
  ): Promise<Finished> {
    const records = this.#file(`${name}.csv`);
    const size = ["--count", String(count), "--seed", name];
    const from = ["--type", TYPE, "--agency", AGENCY.code];
    await this.#narrator.run("sample", [...from, ...size, "--out", records]);
    return this.#narrator.run("issue", [...from, "--input", records, ...args], accepted);
  }

  /** @returns the texts of the certificate files of a job */
  async #export(job: string): Promise<string[]> {
    const to = ["--all", "--out", this.#file(job)];
    const { json } = await this.#narrator.run("export", ["--job", job, ...to]);
    const { files } = json as { readonly files: readonly string[] };
    return Promise.all(files.map((file) => readFile(file, "utf8")));
  }

  async #startVerifiers(count: number): Promise<string[]> {
    this.#narrator.say(
      `${String(count)} 个窗口各有自己的核验服务，各自只读链`,
      `${String(count)} counters, each with a verifier of its own that reads only the chain.`,
    );
    const each = Array.from({ length: count }, (_, i) => this.#startVerifier(i + 1));
    return Promise.all(each);
  }

  /** With a store of its own; it is asked more often than anyone without a key may ask. */
  async #startVerifier(number: number): Promise<string> {
    const file = this.#file(`verifier-${String(number)}.json`);
    const access = { anonymousPerMinute: MOST_CALLS };
    const serviceStore = this.#file(`verifier-${String(number)}.sqlite`);
    await writeFile(file, JSON.stringify({ access, serviceStore }));
    const serve = ["--port", "0", "--store", ":memory:", "--config", file];
    const { json } = await this.#narrator.start("serve", serve);
    return memberOf(json, "server");
  }

  /** @returns the moment from which on nothing under this key is believed, in seconds since 1970 */
  async #loseTheKey(): Promise<number> {
    await pause(1_000);
    const since = systemClock.now();
    this.#narrator.say(
      `${formatInstant(since)}，经办人的密钥文件被人复制`,
      `At ${formatInstant(since)} somebody copies the operator's key file.`,
    );
    const key = operatorKeyFile(loadSettings({ LZ_HOME: this.#home }), AGENCY.code);
    await copyFile(key, this.#file("thief.key"));
    return since;
  }

  async #forge(servers: readonly string[], good: readonly string[]): Promise<Exhibits> {
    this.#narrator.say(
      "小偷编造记录，用这把密钥签发并上链",
      "The thief invents records, and issues and anchors them with that key.",
    );
    const stolen = ["--key", this.#file("thief.key")];
    const { json } = await this.#issue("forged", FORGED, stolen, [0]);
    const [forged = ""] = await this.#export(memberOf(json, "job"));
    const exhibits = { good, forged };
    await this.#watch(servers, exhibits, isAccepted);
    this.#narrator.note("→ 每个窗口都认为有效：这正是危险所在");
    this.#narrator.note(
      "→ every counter accepts it: that is the danger. Whoever holds the key is the",
    );
    this.#narrator.note(
      "  agency, until the authority says otherwise; nothing in the file gives it away.",
    );
    return exhibits;
  }

  async #distrust(
    servers: readonly string[],
    exhibits: Exhibits,
    since: number,
  ): Promise<{ blockAt: number; watched: readonly Watched[]; transaction: string }> {
    this.#narrator.say(
      "主管部门：自那一刻起，不再信任这把密钥",
      "The authority: what this key did since then is not trusted.",
    );
    const block = momentOfBlockAfter(this.#reader, (await this.#reader.latestBlock()).number);
    const watching = this.#watch(servers, exhibits, isDistrusted);
    const what = [AGENCY.code, "--account", this.#account, "--since", formatInstant(since)];
    const { json } = await this.#narrator.run("agency operator distrust", [...what, ...LOST]);
    const { transactions } = json as { readonly transactions: readonly string[] };
    const [blockAt, watched] = await Promise.all([block, watching]);
    return { blockAt, watched, transaction: String(transactions[0]) };
  }

  async #tryAgain(): Promise<void> {
    this.#narrator.say(
      "小偷再试一次：同一笔交易已关闭这把密钥",
      "The thief tries again: the same transaction has closed the key's window.",
    );
    const stolen = ["--key", this.#file("thief.key")];
    const { json } = await this.#issue("again", FORGED, stolen, [REFUSED]);
    const { problem } = json as { readonly problem: { code: string; detail: string } };
    this.#narrator.note(`→ ${problem.code}: ${problem.detail}`);
  }

  async #lift(servers: readonly string[], exhibits: Exhibits): Promise<readonly Watched[]> {
    this.#narrator.say(
      "若是误报，可以解除；解除也留痕",
      "Had it been a false alarm, it can be lifted; that leaves a trace as well.",
    );
    const watching = this.#watch(servers, exhibits, isAccepted);
    const what = [AGENCY.code, "--account", this.#account, "--basis", "误报，已核实"];
    await this.#narrator.run("agency operator lift", what);
    const watched = await watching;
    this.#narrator.note("→ 每个窗口又认为有效：真有伪造时，先撤销该批次，再解除");
    this.#narrator.note(
      "→ every counter accepts it again: a real forgery's batch is withdrawn first",
    );
    this.#narrator.note("  (lz status set --root ROOT --whole --to withdrawn).");
    return watched;
  }

  async #readHistory(): Promise<KeyEvent[]> {
    this.#narrator.say(
      "链上留下的，任何人都可以查",
      "What it leaves on the chain, for anyone to read.",
    );
    const { json } = await this.#narrator.run("history agency", [AGENCY.code]);
    const keys = (json as TimelineEntry[]).filter(({ what }) => what.kind.startsWith("Operator"));
    return keys.map(({ recordedAt, what, basis }) => {
      return { ...what, recordedAt: formatInstant(recordedAt), basis: basis ?? "" };
    });
  }

  #watch(
    servers: readonly string[],
    exhibits: Exhibits,
    isAwaited: (answer: Answer) => boolean,
  ): Promise<Watched[]> {
    const patience = { isAwaited, timeLimitMs: TIME_LIMIT_MS };
    return Promise.all(servers.map((server) => watchVerifier(server, exhibits, patience)));
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }

  get #reader(): ChainReader {
    if (this.#chain === null) throw new Problem("INTERNAL", "the drill has no chain yet");
    return this.#chain.reader;
  }
}

function isAccepted({ verdict }: Answer): boolean {
  return verdict === "accepted";
}

function isDistrusted({ verdict, checks }: Answer): boolean {
  return verdict === "rejected" && checks.some(({ code }) => code === "ANCHOR_DISTRUSTED");
}
