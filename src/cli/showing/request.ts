/** Presentation requests from the counter's side: asked, looked at, and verified. */
import { Command } from "commander";
import { loadSettings } from "../../config.ts";
import type { RequestName } from "../../core/presentation/request-name.ts";
import { readRequestName } from "../../core/presentation/request-name.ts";
import { Problem } from "../../core/problem.ts";
import { readClientKey } from "../../main/clients.ts";
import { writeQr } from "../../main/delivery/codes.ts";
import { fetchRequest, makeRequest, verifyRequest } from "../../main/presentation-requests.ts";
import type { Service } from "../../main/presentation-requests.ts";
import { integer, list } from "../terminal/options.ts";
import { createOutput } from "../terminal/output.ts";
import { VERDICT_EXIT_CODES, sayAnswer } from "../verifying/say-answer.ts";
import { sayRequest } from "./told-request.ts";

export function requestCommand(): Command {
  const command = new Command("request").description(
    "Ask a holder to show a certificate, from the counter or from afar\n亮证请求",
  );
  withService(command.command("create"))
    .description("Ask: says six digits and draws a code for the holder\n发起亮证请求")
    .requiredOption("--purpose <text>", "the service item, by code or name")
    .requiredOption("--cause <text>", "what for, as the holder reads it and the record says it")
    .requiredOption("--type <code>", "the certificate type")
    .requiredOption("--claims <names>", "the claims wanted, separated by commas", list)
    .option("--ttl <seconds>", "for how long it may be answered (default: 300)", integer)
    .addHelpText("after", CREATE_NOTES)
    .action(create);
  withService(command.command("show"))
    .description("Who asks, for what, and whether it was answered\n查看亮证请求")
    .argument("<request>", "its six digits, its id or its link")
    .addHelpText("after", SHOW_NOTES)
    .action(show);
  withService(command.command("verify"))
    .description("Verify the holder's answer: once, by the counter that asked\n核验亮证答复")
    .argument("<request>", "its id or its link")
    .option("--receipt", "with the signed receipt in the answer")
    .addHelpText("after", VERIFY_NOTES)
    .action(verify);
  return command;
}

const CREATE_NOTES = `
What a counter may ask for is what its service item names (serviceItems in the configuration of ./lz serve).

Example:
  ./lz request create --server http://127.0.0.1:8080 --purpose 招标投标资格审查 --cause 投标资格审查 \\
    --type 11100000000013338W001 --claims holderName,certificateNumber
Next: ./lz present --request 048213 --server URL --certificate FILE, then ./lz request verify ID`;

const SHOW_NOTES = `
Anyone who was told a request may look at it; the answer is the counter's alone.

Example:
  ./lz request show 048213 --server http://127.0.0.1:8080`;

const VERIFY_NOTES = `
Exit code: 0 accepted, 1 rejected, 2 can't tell. The answer is kept for two minutes.

Example:
  ./lz request verify 8QZ3vN1xT0eYb2kLw6mRfA --server http://127.0.0.1:8080`;

function withService(command: Command): Command {
  return command
    .option("--server <url>", "the verification service (default: the link's)")
    .option(
      "--client-key <file>",
      "this counter's API key (default: keys/client.key in LZ_HOME, where it is there)",
    )
    .option("--json", "end with one line of JSON instead of words");
}

interface ServiceOptions {
  readonly server?: string;
  readonly clientKey?: string;
  readonly json?: true;
}

interface CreateOptions extends ServiceOptions {
  readonly purpose: string;
  readonly cause: string;
  readonly type: string;
  readonly claims: readonly string[];
  readonly ttl?: number;
}

async function create(options: CreateOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const { purpose, cause: useCause, type, claims, ttl } = options;
  const made = await makeRequest(await serviceOf(options, null), {
    ...{ purpose, useCause, type, claims },
    ...(ttl !== undefined && { ttlSeconds: ttl }),
  });
  if (!output.isJson) output.say(new TextDecoder().decode(writeQr(made.text, "terminal")));
  output.say(`请求码 code: ${made.code}    编号 id: ${made.id}`);
  output.say(`链接 link: ${made.text}    有效期至 until: ${made.expiresAt}`);
  output.result(made);
}

async function show(text: string, options: ServiceOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const name = requestNamed(text);
  const { nonceBytes: _bytes, ...told } = await fetchRequest(await serviceOf(options, name), name);
  sayRequest(output, told);
  output.result(told);
}

async function verify(
  text: string,
  options: ServiceOptions & { readonly receipt?: true },
): Promise<void> {
  const output = createOutput(options.json === true);
  const name = requestNamed(text);
  if (!("id" in name.query)) throw new Problem("USAGE", `${text}: the request's id expected`);
  const service = await serviceOf(options, name);
  const answer = await verifyRequest(service, name.query.id, options.receipt === true);
  await sayAnswer(output, answer);
  output.result(answer);
  process.exitCode = VERDICT_EXIT_CODES[answer.verdict];
}

/** @throws Problem USAGE */
export function requestNamed(text: string): RequestName {
  const name = readRequestName(text);
  if (name !== null) return name;
  throw new Problem("USAGE", `${text}: six digits, an id or a link https://…/r#… expected`);
}

/** @throws Problem USAGE, KEY_… */
async function serviceOf(options: ServiceOptions, name: RequestName | null): Promise<Service> {
  const settings = loadSettings();
  const key = await readClientKey(settings, options.clientKey);
  return { server: serverOf(options, name), key, timeoutMs: settings.timeoutMs };
}

/** What is said on the command line, before what a link says. @throws Problem USAGE */
export function serverOf(
  { server }: Pick<ServiceOptions, "server">,
  name: RequestName | null,
): string {
  const where = server ?? name?.server ?? null;
  if (where !== null) return where;
  throw new Problem("USAGE", "--server expected: where the verification service is");
}
