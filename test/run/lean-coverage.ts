/**
 * Coverage as Jest asks for it, for a third of what it costs. Jest begins and ends it with each test file, and each
 * time V8 throws away what it has compiled and walks through the whole heap. Here it begins once in a process, and a
 * file takes what was reached since the one before. Nor is the debugger turned on, of which Jest never asks anything.
 */
import { Session } from "node:inspector";

type Answer = (error: Error | null, result?: object) => void;

const post = Session.prototype.post as (this: Session, ...args: unknown[]) => void;
let lasting: Session | null = null;

Session.prototype.post = function (this: Session, method: string, ...rest: unknown[]): void {
  const answer = rest.at(-1) as Answer;
  if (method === "Profiler.startPreciseCoverage" && lasting === null) begin(rest[0], answer);
  else if (method === "Profiler.takePreciseCoverage" && lasting !== null) {
    post.call(lasting, method, answer);
  } else answer(null);
};

function begin(options: unknown, answer: Answer): void {
  lasting = new Session();
  lasting.connect();
  post.call(lasting, "Profiler.enable");
  post.call(lasting, "Profiler.startPreciseCoverage", options, answer);
}
