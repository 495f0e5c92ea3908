/** How a code is written: half-width, with capital letters. */
import type { Checked } from "./checked.ts";
import { conclude } from "./checked.ts";
import type { CheckMode, IdentifierFaultCode } from "./faults.ts";

const FULL_WIDTH = /[\uff01-\uff5e\u3000]/;
const LOWER_CASE = /[a-z]/g;

/**
 * Checks a code's writing and then, in capital letters, its content. Full-width text is refused
 * without looking further; lower case is an error in `strict` mode and put right in `warn` mode.
 */
export function checkCode<T extends string>(
  text: string,
  mode: CheckMode,
  faultsOf: (code: string) => readonly IdentifierFaultCode[],
): Checked<T> {
  if (FULL_WIDTH.test(text)) return conclude(text as T, ["FULL_WIDTH"], mode);
  const code = toCapitals(text);
  const written: IdentifierFaultCode[] = code === text ? [] : ["LOWER_CASE"];
  return conclude(code as T, [...written, ...faultsOf(code)], mode);
}

/** ASCII letters only, so that no other character changes into one that passes. */
function toCapitals(text: string): string {
  return text.replace(LOWER_CASE, (letter) => letter.toUpperCase());
}
