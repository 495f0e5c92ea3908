/** What a holder signed, out of a body. */
import { fromBase64Url } from "../../core/encoding/bytes.ts";
import { Problem } from "../../core/problem.ts";

export interface SignedBody {
  readonly request: string;
}

/** @throws Problem BODY_MALFORMED */
export function requestOf({ request }: SignedBody): Uint8Array {
  const bytes = fromBase64Url(request);
  if (bytes === null) throw new Problem("BODY_MALFORMED", "body.request: base64url expected");
  return bytes;
}
