/**
 * Runs commands one after the other in this process, as `./lz` would each in its own: for those that only say
 * something. Reads their arguments, a JSON array of arrays, and answers with an array of what each said.
 */
import { text } from "node:stream/consumers";
import { join } from "node:path";

interface Said {
  exitCode: number;
  stdout: string;
  stderr: string;
}

const SCRIPTS = join(import.meta.dirname, "..", "..", "scripts");
const lists = JSON.parse(await text(process.stdin)) as string[][];
const answer = process.stdout.write.bind(process.stdout);
let said: Said = { exitCode: 0, stdout: "", stderr: "" };

for (const name of ["stdout", "stderr"] as const) {
  process[name].write = (chunk: string | Uint8Array): boolean => {
    said[name] += typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
    return true;
  };
  // Each command listens for the end of its reader.
  process[name].setMaxListeners(0);
}
process.setMaxListeners(0);

const all: Said[] = [];
for (const [i, [name = "", ...args]] of lists.entries()) {
  said = { exitCode: 0, stdout: "", stderr: "" };
  const script = join(SCRIPTS, `${name}.ts`);
  process.argv = [process.execPath, script, ...args];
  process.exitCode = 0;
  // Another address each time: a script is run when it is loaded.
  await import(`${script}?${String(i)}`);
  all.push({ ...said, exitCode: process.exitCode });
}
process.exitCode = 0;
answer(JSON.stringify(all));
