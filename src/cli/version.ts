/** Which version this is: what to say first when something is to be asked about. */
import { Command } from "commander";
import { CERTIFICATE_FORMAT } from "../core/certificate/certificate-file.ts";
import { createOutput } from "./terminal/output.ts";
import { version } from "./terminal/version.ts";

export function versionCommand(): Command {
  return new Command("version")
    .description("Which version this is, of which protocol, on which Node\n版本")
    .option("--json", "end with one line of JSON instead of words")
    .addHelpText("after", "\nExample:\n  ./lz version --json\nNext: ./lz help")
    .action(showVersion);
}

function showVersion({ json }: { readonly json?: true }): void {
  const output = createOutput(json === true);
  const { version: node, platform, arch } = process;
  output.say(`Liangzheng 亮证 ${version}`);
  output.say(`协议 Protocol: ${CERTIFICATE_FORMAT}`);
  output.say(`Node.js: ${node} (${platform}, ${arch})`);
  output.result({ version, protocol: CERTIFICATE_FORMAT, node, platform, arch });
}
