/** A password for keys of tests, and what a person would type. */
import type { Passwords } from "../../src/adapters/keys/passwords.ts";

export const PASSWORD = "正确的马 battery staple";

export function typing(current: string, fresh = current): Passwords {
  return { current: () => Promise.resolve(current), fresh: () => Promise.resolve(fresh) };
}

/** Everything that a log could show of an error. */
export async function wordsOfRefusal(refused: Promise<unknown>): Promise<string> {
  const error = await refused.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error("it went well");
  const { message, stack, cause } = error;
  return [message, stack, cause instanceof Error ? cause.stack : String(cause)].join();
}

/** Whoever would be asked: these tests may not ask anybody. */
export const nobody: Passwords = {
  current: () => Promise.reject(new Error("a password was asked for")),
  fresh: () => Promise.reject(new Error("a password was asked for")),
};
