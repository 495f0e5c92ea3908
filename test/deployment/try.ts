/** Starts the reference deployment and leaves it running until Ctrl-C: deploy/try.sh. */
import { openDeployment } from "./deployment.ts";

process.stdout.write("Starting a chain, two databases, two verifiers and nginx: half a minute …\n");
const asked = new Promise((resolve) => {
  process.once("SIGINT", resolve).once("SIGTERM", resolve);
});
const deployment = await openDeployment();
const { host, port, name } = deployment.entry;
const lines = [
  `The reference deployment runs${deployment.areApart ? ", each machine in a network namespace of its own" : ""}.`,
  `  nginx      https://${host}:${String(port)}  (certificate: ${deployment.folder}/fullchain.pem, for ${name})`,
  `  verifiers  http://${deployment.hosts.address("0.11")}:8080 and http://${deployment.hosts.address("0.12")}:8080, figures on :9464/metrics`,
  `  curl -s --cacert ${deployment.folder}/fullchain.pem --resolve ${name}:${String(port)}:${host} https://${name}:${String(port)}/v1/types`,
  "Ctrl-C ends it and removes everything.",
];
process.stdout.write(`${lines.join("\n")}\n`);
await asked;
await deployment.close();
process.exit();
