/** What is shown to a counter that means it ill: altered codes, altered files, and plain rubbish. */
import { createPrng } from "../../../src/app/sample/prng.ts";
import type { Prng } from "../../../src/app/sample/prng.ts";
import { fromQrText, toPrintText, toQrText } from "../../../src/core/presentation/qr-text.ts";
import { MAX_QR_CHARACTERS } from "../../../src/core/presentation/qr-text.ts";
import type { Given } from "../../../src/core/verify/case.ts";
import { jsonOf } from "../../support/present.ts";
import type { UsualCase } from "../../support/usual-case.ts";
import { alterBytes, alterCbor, alterText, alterTree } from "./mutations.ts";

type Maker = (dice: Prng) => Given;

/** Good ones, that are altered: signed by the holder, with a binding, and printed. */
export function codesOf(usual: UsualCase): readonly string[] {
  return [usual.signed(), usual.bound(), usual.printed()].map(
    (given) => (given as { qr: string }).qr,
  );
}

/** Makes the n-th hostile thing of a seed: the same each time. */
export function hostileShown(usual: UsualCase, seed: string): (n: number) => Given {
  const codes = codesOf(usual);
  const files = [usual.keyed, usual.bearer].map(jsonOf);
  const wires = codes.map(fromQrText);
  const makers: readonly Maker[] = [
    (dice) => ({ qr: toQrText(alterBytes(dice, dice.pick(wires))) }),
    (dice) => ({ qr: toQrText(alterCbor(dice, dice.pick(wires))) }),
    (dice) => ({ qr: toQrText(alterCbor(dice, dice.pick(wires))) }),
    (dice) => ({ qr: toPrintText(alterBytes(dice, dice.pick(wires)), "verify.example") }),
    (dice) => ({ qr: alterText(dice, dice.pick(codes)) }),
    (dice) => ({ certificate: alterTree(dice, dice.pick(files)) }),
    (dice) => ({ certificate: alterTree(dice, dice.pick(files)) }),
    (dice) => ({ file: alterText(dice, JSON.stringify(dice.pick(files))) }),
    (dice) => ({ qr: rubbish(dice) }),
  ];
  return (n) => {
    const dice = createPrng(`${seed}/${String(n)}`);
    return dice.pick(makers)(dice);
  };
}

/** Any characters at all, up to a little more than a code may have. */
function rubbish(dice: Prng): string {
  const prefix = dice.pick(["", "LZ1:", "LZ2:", "LZR:", "https://verify.example/q#"]);
  const length = dice.below(dice.pick([8, 64, 1_024, MAX_QR_CHARACTERS + 64]));
  const codes = Array.from({ length }, () => dice.below(dice.pick([96, 256, 0xffff])));
  return prefix + String.fromCharCode(...codes);
}
