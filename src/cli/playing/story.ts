/** The whole story with real parts: processes, a chain on JSON-RPC, files, pictures, REST. */
import { join } from "node:path";
import type { Answer, AnswerCheck } from "../../app/answer.ts";
import { Problem } from "../../core/problem.ts";
import { pause } from "../../main/system.ts";
import { Narrator, memberOf } from "./narrator.ts";
import type { Output } from "../terminal/output.ts";
import { addHolderKey, alterClaim } from "./story-files.ts";
import { openEndpoint, sayWhereToGo } from "./story-pages.ts";
import type { OpenedPages, PagesOrder } from "./story-pages.ts";
import { createStage } from "./stage.ts";
import type { Service, Stage } from "./stage.ts";

const ISSUER = { code: "11310000MB1A00001C", name: "上海市证照样例局", region: "310000" };
const OTHER = { code: "11460000MB1A00001P", name: "海南省证照样例局", region: "460000" };
const TYPE = "11100000000013338W001";
const COUNT = 1000;
/** The citizen of the story, and another whose certificate stays as it is. */
const CITIZEN = 41;
const NEIGHBOUR = 42;
const MAX_AGE_SECONDS = 4;

/** What `lz issue` says at its end. */
interface Issued {
  readonly job: string;
  readonly batches: readonly { readonly root: string; readonly block: number }[];
}

/**
 * Told once, into an empty folder; end it in any case, or its processes live on. Where it is to be gone on with,
 * it opens the pages too.
 */
export class Story {
  readonly #output: Output;
  readonly #folder: string;
  readonly #stage: Stage;
  readonly #narrator: Narrator;
  #rpc = "";
  #directory = "";
  #server = "";
  #job = "";
  #root = "";
  readonly #goesOn: boolean;
  #pages: OpenedPages | null = null;

  constructor(output: Output, folder: string, { goesOn = false } = {}) {
    this.#goesOn = goesOn;
    this.#output = output;
    this.#folder = folder;
    this.#stage = createStage(join(folder, "home"));
    this.#narrator = new Narrator(output, this.#stage, folder);
  }

  async tell(): Promise<void> {
    const chain = await this.#setUp();
    await this.#registerAgencies();
    await this.#issue();
    await this.#recognise();
    await this.#startVerifier();
    await this.#showAndVerify();
    await this.#alter();
    await this.#revoke();
    await this.#loseTheChain(chain);
    await this.#audit();
    if (this.#pages !== null) await this.#openPages(this.#pages);
    this.#sayWhatNext();
  }

  handles(): Record<string, unknown> {
    return {
      rpc: this.#rpc,
      directory: this.#directory,
      server: this.#server,
      agency: ISSUER.code,
      type: TYPE,
      job: this.#job,
      root: this.#root,
      certificate: this.#certificate(NEIGHBOUR),
      qr: this.#file("neighbour.png"),
      home: this.#file("home"),
    };
  }

  /** Stops what was started, the last first. */
  end(): Promise<void> {
    return this.#stage.close();
  }

  async #setUp(): Promise<Service> {
    this.#narrator.say(
      "一条区块链开始运行，它只记账，不认识任何人",
      "A chain starts: a ledger that knows nobody.",
    );
    const chain = await this.#narrator.start("chain", ["--port", "0"]);
    this.#rpc = memberOf(chain.json, "rpc");
    this.#narrator.say(
      "国家主管机关把规则写成合约，并公布证照目录",
      "The national authority deploys the rules and publishes the catalogue.",
    );
    const { json } = await this.#narrator.run("deploy", ["--rpc", this.#rpc]);
    this.#directory = memberOf(json, "directory");
    this.#narrator.note(`合约目录 directory ${this.#directory}`);
    return chain;
  }

  async #registerAgencies(): Promise<void> {
    this.#narrator.say("登记两地的发证机关", "It registers agencies of two regions.");
    for (const { code, name, region } of [ISSUER, OTHER]) {
      const who = ["--code", code, "--name", name, "--region", region];
      await this.#narrator.run("agency add", [...who, "--type", TYPE, "--basis", "演示"]);
    }
  }

  async #issue(): Promise<void> {
    this.#narrator.say(
      "一位市民在手机里生成了自己的密钥",
      "A citizen's phone makes a key of their own.",
    );
    const { json: key } = await this.#narrator.run("key new", ["--out", this.#file("citizen.jwk")]);
    this.#narrator.say(
      `上海的机关导出 ${String(COUNT)} 条记录，一次签发`,
      `The agency in 310000 issues ${String(COUNT)} certificates from its own CSV file.`,
    );
    const input = this.#file("records.csv");
    const agency = ["--agency", ISSUER.code];
    const size = ["--count", String(COUNT), "--seed", "7"];
    await this.#narrator.run("sample", ["--type", TYPE, ...agency, ...size, "--out", input]);
    await addHolderKey(input, CITIZEN, memberOf(key, "thumbprint"));
    const what = ["--type", TYPE, ...agency, "--input", input];
    const { json } = await this.#narrator.run("issue", what);
    this.#noteIssued(json as Issued);
    await this.#export(CITIZEN);
    await this.#export(NEIGHBOUR);
  }

  #noteIssued({ job, batches: [batch] }: Issued): void {
    this.#job = job;
    this.#root = String(batch?.root);
    const block = String(batch?.block);
    this.#narrator.note(`一笔交易上链 one transaction, block ${block}, root ${this.#root}`);
    this.#narrator.note("链上没有任何个人信息 no personal data is on the chain");
    this.#narrator.note("机构数据库里只有密文 the agency's own store holds nothing unencrypted");
  }

  async #export(index: number): Promise<void> {
    const which = ["--root", this.#root, "--index", String(index)];
    await this.#narrator.run("export", [...which, "--out", this.#certificate(index)]);
  }

  async #recognise(): Promise<void> {
    this.#narrator.say(
      "海南发布规则：认可上海颁发的这类证照",
      "Region 460000 publishes a rule: it accepts this type from 310000.",
    );
    const regions = ["--by", OTHER.region, "--from", ISSUER.region];
    await this.#narrator.run("recognise add", [
      ...regions,
      "--type",
      TYPE,
      "--basis",
      "国办发〔2022〕3号",
    ]);
  }

  async #startVerifier(): Promise<void> {
    this.#narrator.say(
      "海南的窗口有一台核验服务，它只读链",
      "A counter in 460000 has a verifier that reads only the chain.",
    );
    const pace = ["--port", "0", "--max-age", String(MAX_AGE_SECONDS), "--poll", "250"];
    if (this.#goesOn) this.#pages = await openEndpoint(this.#pagesOrder());
    const settings = this.#pages === null ? pace : ["--config", this.#pages.config];
    const service = await this.#narrator.start("serve", settings);
    this.#server = memberOf(service.json, "server");
    this.#narrator.note(this.#server);
  }

  async #showAndVerify(): Promise<void> {
    this.#narrator.say(
      "市民亮证：只出示姓名和编号，并用自己的密钥签名，60 秒后失效",
      "The citizen shows it: only what is needed, signed with their key, dead in 60 seconds.",
    );
    const qr = await this.#present(CITIZEN, "citizen.png", ["--key", this.#file("citizen.jwk")]);
    this.#narrator.note(`二维码 QR code ${qr}`);
    await this.#present(NEIGHBOUR, "neighbour.png", ["--ttl", "2592000"]);
    await this.#verify(qr, ["--require-holder"], "accepted", null);
  }

  async #present(index: number, name: string, args: readonly string[]): Promise<string> {
    const qr = this.#file(name);
    const what = ["--certificate", this.#certificate(index), "--disclose", "holderName"];
    await this.#narrator.run("present", [...what, ...args, "--qr", qr]);
    return qr;
  }

  async #alter(): Promise<void> {
    this.#narrator.say("有人改动了证照上的一个字", "Someone alters one claim of the certificate.");
    const altered = this.#file("altered.lzc.json");
    await alterClaim(this.#certificate(CITIZEN), altered, "holderName", "张伟");
    await this.#verify(altered, [], "rejected", "ROOT_MISMATCH");
  }

  async #revoke(): Promise<void> {
    this.#narrator.say("发证机关吊销该证照", "The agency revokes the certificate.");
    const certificate = ["--certificate", this.#certificate(CITIZEN)];
    await this.#narrator.run("status set", [...certificate, "--to", "revoked", "--reason", "1"]);
    await pause(1_000);
    const qr = await this.#present(CITIZEN, "revoked.png", ["--key", this.#file("citizen.jwk")]);
    await this.#verify(qr, [], "rejected", "REVOKED");
  }

  async #loseTheChain(chain: Service): Promise<void> {
    this.#narrator.say("另一位市民的证照仍然有效", "Another citizen's certificate is good.");
    await this.#verify(this.#file("neighbour.png"), [], "accepted", null);
    this.#narrator.say(
      "链停了：回答变为“无法判断”，既不放行，也不说是假的",
      "The chain stops: the answer becomes 'can't tell', neither waved through nor called forged.",
    );
    chain.suspend();
    await pause((MAX_AGE_SECONDS + 2) * 1_000);
    await this.#verify(this.#file("neighbour.png"), [], "indeterminate", "CHAIN_STALE");
    chain.resume();
  }

  async #audit(): Promise<void> {
    this.#narrator.say(
      "审计员只凭节点地址和一个合约地址，重放全部历史",
      "An auditor replays the whole history from an RPC URL and one address.",
    );
    const where = ["--rpc", this.#rpc, "--directory", this.#directory];
    const { json } = await this.#narrator.run("audit", where);
    const { events, head } = json as { events: number; head: string };
    this.#narrator.note(
      `${String(events)} events; 与链头一致 it arrives at the chain's own head ${head}`,
    );
    this.#narrator.say(
      "机关核对自己的库：每份证照、每个根都与链上一致",
      "The agency checks its own store: every certificate and root is what the chain has.",
    );
    await this.#narrator.run("store check", []);
  }

  #pagesOrder(): PagesOrder {
    const { code, name } = ISSUER;
    const [narrator, folder] = [this.#narrator, this.#folder];
    const counter = OTHER.region;
    return { narrator, folder, agency: { code, name }, counter, maxAgeSeconds: MAX_AGE_SECONDS };
  }

  async #openPages(pages: OpenedPages): Promise<void> {
    this.#narrator.say(
      "轮到您了：在浏览器里领一张证照，再到窗口亮给自己看",
      "Your turn: fetch a certificate in a browser, and show it to yourself at a counter.",
    );
    await sayWhereToGo(this.#pagesOrder(), pages, this.#root);
  }

  #sayWhatNext(): void {
    const { certificate, qr, home } = this.handles();
    const say = (line: string): void => {
      this.#output.say(line);
    };
    say(`\n文件都在 The files are in ${this.#folder}`);
    if (!this.#goesOn) {
      say("下一步，自己动手 Next, to go on by yourself: ./lz demo --keep");
      return;
    }
    say("接下来，在另一个终端里试试 Try next, in another terminal:");
    say(`  export LZ_HOME=${String(home)}`);
    say(`  ./lz verify ${String(certificate)} --region ${OTHER.region}`);
    say(`  ./lz verify ${String(qr)} --region 330000`);
    say(`  ./lz status set --certificate ${String(certificate)} --to suspended`);
    say(`  ./lz jobs show ${this.#job}`);
    say("  ./lz help");
  }

  async #verify(
    input: string,
    args: readonly string[],
    expected: Answer["verdict"],
    code: string | null,
  ): Promise<void> {
    const where = ["--server", this.#server, "--region", OTHER.region];
    const { json } = await this.#narrator.run("verify", [input, ...where, ...args], [0, 1, 2]);
    const answer = json as Answer;
    const why = answer.checks.find((check) => check.code === code) ?? null;
    if (answer.verdict !== expected || (code !== null && why === null)) {
      throw new Problem("INTERNAL", `expected ${expected} ${code ?? ""}, not ${answer.verdict}`);
    }
    this.#narrator.note(`→ ${answer.words.zh} ${answer.words.en}${reasonOf(answer, why)}`);
  }

  #certificate(index: number): string {
    return this.#file(`${index === CITIZEN ? "citizen" : "neighbour"}.lzc.json`);
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }
}

function reasonOf({ recognition }: Answer, why: AnswerCheck | null): string {
  if (why !== null) return `: ${why.words.zh} ${why.words.en} [${String(why.code)}]`;
  const basis = recognition?.rule?.basis;
  return basis === undefined ? "" : `: 依据规则 by rule ${String(recognition?.ruleId)}, ${basis}`;
}
