import QRCode from "qrcode";
import { writeQr } from "../src/adapters/qr/write-qr.ts";
import { toQrText } from "../src/core/presentation/qr-text.ts";
import { cpuSeconds, median, medianRatio } from "./compare.ts";
import { against, atLeast, times } from "./report.ts";
import type { Row } from "./report.ts";

/** What a presentation of a certificate in a batch of 4,096 has. */
const BYTES = 734;
const TEXTS = 40;
const PEER_PNG_SCALE = 8;

type Draw = (text: string) => unknown;

interface QrFormatContest {
  readonly name: string;
  readonly ours: Draw;
  readonly theirs: Draw;
  /** Codes per CPU second. */
  readonly least: number;
  /** How many times the peer's rate. */
  readonly target: number;
}

const CONTESTS: readonly QrFormatContest[] = [
  {
    name: "QR codes as SVG",
    ours: (text) => writeQr(text, "svg"),
    theirs: (text) => QRCode.toString(text, { type: "svg", errorCorrectionLevel: "M" }),
    least: 1000,
    target: 5,
  },
  {
    name: "QR codes as PNG",
    ours: (text) => writeQr(text, "png"),
    theirs: (text) => QRCode.toBuffer(text, { errorCorrectionLevel: "M", scale: PEER_PNG_SCALE }),
    least: 300,
    target: 10,
  },
];

/** Ours beside the package qrcode left to itself, with the same texts in turns. */
export async function qrRows(isQuick: boolean): Promise<Row[]> {
  const texts = Array.from({ length: TEXTS }, () => {
    return toQrText(crypto.getRandomValues(new Uint8Array(BYTES)));
  });
  const rows: Row[] = [];
  for (const contest of CONTESTS) rows.push(...(await rowsOf(contest, texts, isQuick ? 3 : 9)));
  return rows;
}

async function rowsOf(
  { name, ours, theirs, least, target }: QrFormatContest,
  texts: readonly string[],
  rounds: number,
): Promise<Row[]> {
  const [ourRates, theirRates]: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round++) {
    const rates = [await rateOf(ours, texts), await rateOf(theirs, texts.slice(0, TEXTS / 8))];
    if (round < 0) continue;
    ourRates.push(rates[0] ?? Number.NaN);
    theirRates.push(rates[1] ?? Number.NaN);
  }
  const figure = { name, value: median(ourRates), unit: "codes per CPU second" };
  const held = atLeast(figure.value, least, figure.unit);
  const ratio = medianRatio(ourRates, theirRates);
  return [
    { name, against: null, ratio: null, ...held },
    { ...figure, against: against("qrcode", median(theirRates)), ...times(ratio, target) },
  ];
}

async function rateOf(draw: Draw, texts: readonly string[]): Promise<number> {
  const before = process.cpuUsage();
  for (const text of texts) await draw(text);
  return texts.length / cpuSeconds(before);
}
